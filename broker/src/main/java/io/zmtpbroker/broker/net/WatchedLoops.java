package io.zmtpbroker.broker.net;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One event loop that ends when a task of it, whoever gave it that, shows that there is no heap left. Netty's own goes
 * on after such a task, as after any that fails. What fails in a handler, or in what is told when a promise is done,
 * Netty catches before: see {@link WantOfHeap}.
 */
final class WatchedLoops extends MultiThreadIoEventLoopGroup {

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

    private static final class Loop extends SingleThreadIoEventLoop {

        private final LoopWatch watch;

        Loop(IoEventLoopGroup group, Executor executor, IoHandlerFactory handlers, LoopWatch watch) {
            super(group, executor, handlers);
            this.watch = watch;
        }

        @Override
        public void execute(Runnable task) {
            super.execute(watched(task));
        }

        @Override
        public void lazyExecute(Runnable task) {
            super.lazyExecute(watched(task));
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return super.schedule(watched(task), delay, unit);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            return super.schedule(watched(task), delay, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
            return super.scheduleAtFixedRate(watched(task), first, period, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            return super.scheduleWithFixedDelay(watched(task), first, delay, unit);
        }

        private Runnable watched(Runnable task) {
            return () -> {
                try {
                    task.run();
                } catch (OutOfMemoryError e) {
                    endIfWanting(e);
                    throw e;
                }
            };
        }

        private <V> Callable<V> watched(Callable<V> task) {
            return () -> {
                try {
                    return task.call();
                } catch (OutOfMemoryError e) {
                    endIfWanting(e);
                    throw e;
                }
            };
        }

        private void endIfWanting(OutOfMemoryError error) {
            if (WantOfHeap.isShownBy(error)) {
                watch.failed();
                shutdownGracefully(0, 0, TimeUnit.SECONDS);
            }
        }
    }
}
