package io.zmtpbroker.broker.net;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.internal.OutOfDirectMemoryError;
import java.util.function.Supplier;

/**
 * Notices that there is no heap left for what the dispatch loop does. Netty catches such an error, as any other, in
 * whatever handler it comes, or is told of what is done, and goes on; but it may have struck in the midst of a change,
 * and most likely comes again. Tasks of the loop are looked at by {@link WatchedLoops}. Confined to the dispatch loop.
 */
final class WantOfHeap {

    private Runnable listener = () -> {};

    /** Has somebody told, before anything else is done about it; there may be no memory for anything. */
    void onWant(Runnable told) {
        listener = told;
    }

    /** Looks at what has failed. */
    void lookAt(Throwable failure) {
        if (isShownBy(failure)) {
            listener.run();
        }
    }

    /** Something that is looked at if it fails. */
    Runnable watched(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (OutOfMemoryError e) {
                lookAt(e);
                throw e;
            }
        };
    }

    /** A question that is looked at if it fails. */
    <T> Supplier<T> watchedQuestion(Supplier<T> question) {
        return () -> {
            try {
                return question.get();
            } catch (OutOfMemoryError e) {
                lookAt(e);
                throw e;
            }
        };
    }

    /** What is told when a promise is done, and looked at if it fails. */
    <F extends Future<?>> GenericFutureListener<F> watchedListener(GenericFutureListener<F> listener) {
        return done -> {
            try {
                listener.operationComplete(done);
            } catch (OutOfMemoryError e) {
                lookAt(e);
                throw e;
            }
        };
    }

    /** Whether it is the heap: memory for buffers, and threads, have limits of their own, and others give some of them back. */
    static boolean isShownBy(Throwable failure) {
        if (!(failure instanceof OutOfMemoryError) || failure instanceof OutOfDirectMemoryError) {
            return false;
        }
        String reason = failure.getMessage();
        // "Direct buffer memory", or since Java 16 "Cannot reserve 42 bytes of direct buffer memory (...)".
        return reason == null || !(reason.contains("irect buffer memory") || reason.contains("native thread"));
    }
}
