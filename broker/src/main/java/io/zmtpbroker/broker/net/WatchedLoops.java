package io.zmtpbroker.broker.net;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One event loop that ends when a task that it was given shows that there is no heap left, in whatever way it was given but for
 * {@code invokeAll} and {@code invokeAny}, which keep the error to themselves. Netty's own goes on after such a task, as after any
 * that fails. What fails in a handler, or in what is told when a promise is done, Netty catches before: see {@link WantOfHeap}.
 */
final class WatchedLoops extends MultiThreadIoEventLoopGroup {

    /** How long a loop may take to end that could not begin. */
    private static final int END_SECONDS = 5;

    /**
     * Starts no thread yet.
     *
     * @param watch makes the thread, and is told
     */
    WatchedLoops(LoopWatch watch, IoHandlerFactory handlers) {
        super(1, watch.threads("dispatch"), handlers, watch);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
        return new Loop(this, executor, handlers, (LoopWatch) args[0]);
    }

    /** Told of a want of heap, it ends the loop at once, with all of its connections. */
    WantOfHeap heap() {
        return loop().heap;
    }

    /**
     * Starts the thread, and waits until what drives the sockets is ready there: io_uring takes its receive buffers no sooner.
     *
     * @throws CompletionException with the cause why it is not; then the loop has ended
     */
    void begin() {
        loop().execute(() -> {});
        try {
            loop().begun.join();
        } catch (CompletionException e) {
            terminationFuture().awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS); // which gives back what was taken
            throw e;
        }
    }

    private Loop loop() {
        return (Loop) next();
    }

    private static final class Loop extends SingleThreadIoEventLoop {

        final WantOfHeap heap = new WantOfHeap(this::endSuddenly);
        final CompletableFuture<Void> begun = new CompletableFuture<>();
        private final LoopWatch watch;
        private boolean ready;

        Loop(IoEventLoopGroup group, Executor executor, IoHandlerFactory handlers, LoopWatch watch) {
            super(group, executor, handlers);
            this.watch = watch;
        }

        /** As the loop would end by itself. */
        private void endSuddenly() {
            watch.failed();
            shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }

        @Override
        protected void run() {
            try {
                super.run();
            } catch (Throwable e) {
                if (ready) {
                    throw e;
                }
                // Told to who waits for it, and not to Netty, which would log all of it.
                shutdownGracefully(0, 0, TimeUnit.SECONDS);
                confirmShutdown();
                begun.completeExceptionally(e);
            }
        }

        /** The first time, all is ready. */
        @Override
        protected int runIo() {
            if (!ready) {
                ready = true;
                begun.complete(null);
            }
            return super.runIo();
        }

        @Override
        public void execute(Runnable task) {
            super.execute(heap.watched(task));
        }

        @Override
        public void lazyExecute(Runnable task) {
            super.lazyExecute(heap.watched(task));
        }

        // What is submitted is made a future first, and that catches all errors.

        @Override
        public Future<?> submit(Runnable task) {
            return super.submit(heap.watched(task));
        }

        @Override
        public <T> Future<T> submit(Runnable task, T result) {
            return super.submit(heap.watched(task), result);
        }

        @Override
        public <T> Future<T> submit(Callable<T> task) {
            return super.submit(heap.watchedCall(task));
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return super.schedule(heap.watched(task), delay, unit);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            return super.schedule(heap.watchedCall(task), delay, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
            return super.scheduleAtFixedRate(heap.watched(task), first, period, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            return super.scheduleWithFixedDelay(heap.watched(task), first, delay, unit);
        }
    }
}
