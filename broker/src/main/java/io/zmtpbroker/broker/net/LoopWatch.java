package io.zmtpbroker.broker.net;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Notices the end of an event loop's thread that nobody has asked for, as when there is no memory for what the loop itself does.
 * Netty only logs it, if it can. Nothing is allocated to tell of it, and it is told once. Thread-safe.
 */
final class LoopWatch {

    private @Nullable Runnable listener;
    private boolean stopping;
    private boolean failed;

    /** Makes the thread that is watched; of one loop only. */
    ThreadFactory threads(String name) {
        ThreadFactory threads = new DefaultThreadFactory(name);
        return loop -> threads.newThread(() -> {
            try {
                loop.run();
            } finally {
                failed();
            }
        });
    }

    /** Has somebody told, on the thread that ends; at once if it has ended. */
    void onFailure(Runnable told) {
        boolean tooLate;
        synchronized (this) {
            listener = told;
            tooLate = failed;
        }
        if (tooLate) {
            told.run();
        }
    }

    /** The loop is being stopped, so its end is none to tell of. */
    synchronized void stopping() {
        stopping = true;
    }

    /** The loop has ended, or is about to: nobody will be served. */
    void failed() {
        Runnable told;
        synchronized (this) {
            boolean isNews = !stopping && !failed;
            failed |= isNews;
            told = isNews ? listener : null;
        }
        if (told != null) {
            told.run();
        }
    }
}
