package io.zmtpbroker.interop;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells those who wait for a crowd's time to pass that one of it has failed. */
final class Failures {
    private final CountDownLatch first = new CountDownLatch(1);

    <T> T guard(Callable<T> part) throws Exception {
        boolean done = false;
        try {
            T result = part.call();
            done = true;
            return result;
        } finally {
            if (!done) {
                first.countDown();
            }
        }
    }

    boolean any() {
        return first.getCount() == 0;
    }

    /** Waits for so long, or until somebody fails. */
    void pass(long millis) throws InterruptedException {
        if (first.await(millis, TimeUnit.MILLISECONDS)) {
            return; // whoever awaits the crowd is told why
        }
    }
}
