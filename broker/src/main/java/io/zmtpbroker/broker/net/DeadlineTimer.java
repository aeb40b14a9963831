package io.zmtpbroker.broker.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One timer for all deadlines. It is moved only when a deadline comes sooner than the one it waits for; where that one has
 * gone meanwhile it goes off for nothing, once, which is cheaper than moving it with each request.
 */
final class DeadlineTimer {

    private final EventLoop eventLoop;
    private final Runnable onDeadline;
    private @Nullable Future<?> pending;
    private long pendingNanos;

    DeadlineTimer(EventLoop eventLoop, Runnable onDeadline) {
        this.eventLoop = eventLoop;
        this.onDeadline = onDeadline;
    }

    /** Sees to it that the timer goes off at a time of the loop's clock, or before. */
    void goOffBy(long deadlineNanos, long nowNanos) {
        if (pending != null) {
            if (pendingNanos - deadlineNanos <= 0) {
                return;
            }
            pending.cancel(false);
        }
        pendingNanos = deadlineNanos;
        pending = eventLoop.schedule(this::goOff, Math.max(0, deadlineNanos - nowNanos), TimeUnit.NANOSECONDS);
    }

    private void goOff() {
        pending = null;
        onDeadline.run();
    }
}
