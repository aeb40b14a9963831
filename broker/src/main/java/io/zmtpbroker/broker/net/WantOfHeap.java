package io.zmtpbroker.broker.net;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.internal.OutOfDirectMemoryError;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Notices that there is no heap left for what the dispatch loop does. Netty catches such an error, as any other, in
 * whatever handler it comes, or is told of what is done, and goes on; but it may have struck in the midst of a change,
 * and most likely comes again. Tasks of the loop are looked at by the loop itself, {@link WatchedLoops}. Confined to that loop.
 */
final class WantOfHeap {

    private final Runnable listener;

    /**
     * Nothing is wanting yet.
     *
     * @param told called before anything else is done about it; there may be no memory for anything
     */
    WantOfHeap(Runnable told) {
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

    /** Something with a result that is looked at if it fails. */
    <T> Callable<T> watchedCall(Callable<T> task) {
        return () -> {
            try {
                return task.call();
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
        return failure instanceof OutOfMemoryError && !isOfBuffers(failure) && !says(failure, "native thread");
    }

    /** Whether it is the memory for buffers. */
    static boolean isOfBuffers(Throwable failure) {
        // "Direct buffer memory", or since Java 16 "Cannot reserve 42 bytes of direct buffer memory (...)".
        return failure instanceof OutOfDirectMemoryError
                || (failure instanceof OutOfMemoryError && says(failure, "irect buffer memory"));
    }

    private static boolean says(Throwable failure, String text) {
        String reason = failure.getMessage();
        return reason != null && reason.contains(text);
    }
}
