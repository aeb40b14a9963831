package io.zmtpbroker.zmtp.handler;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import io.zmtpbroker.zmtp.wire.HeartbeatWire;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a peer that sends PINGs from giving us up while the application has paused reading ({@code autoRead} false): its
 * PINGs are not seen then, but it takes a PONG that answers none for a sign of life, as libzmq takes any frame. There is a
 * timer only for peers that have sent a PING.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails has ended the channel, which is seen as such
final class PauseHeartbeat {
    /** libzmq gives a peer one interval of its PINGs by default; two signs of life in each are sure to be enough. */
    private static final int PONGS_PER_INTERVAL = 2;

    private static final long MIN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** As long as one PING has been seen: an interval that a peer will hardly go below. */
    private static final long FIRST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private long intervalNanos = FIRST_INTERVAL_NANOS;
    private long lastPingNanos;

    /** Whether the next PING waited for us to read again, so that its time says nothing. */
    private boolean pausedSincePing;

    private @Nullable Future<?> timer;

    void onPing(ChannelHandlerContext ctx) {
        long nowNanos = ctx.executor().ticker().nanoTime();
        if (timer == null) {
            schedule(ctx);
        } else {
            learn(nowNanos - lastPingNanos);
        }
        lastPingNanos = nowNanos;
        pausedSincePing = false;
    }

    void close() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void learn(long passedNanos) {
        if (!pausedSincePing && passedNanos >= MIN_INTERVAL_NANOS) {
            intervalNanos = Math.min(passedNanos, MAX_INTERVAL_NANOS);
        }
    }

    private void schedule(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> onTimer(ctx), intervalNanos / PONGS_PER_INTERVAL, TimeUnit.NANOSECONDS);
    }

    private void onTimer(ChannelHandlerContext ctx) {
        schedule(ctx); // first: what the write causes may end the connection, and this timer with it
        if (!ctx.channel().config().isAutoRead()) {
            pausedSincePing = true;
            if (ctx.channel().isWritable()) {
                ctx.writeAndFlush(HeartbeatWire.encodePong(ctx.alloc(), Unpooled.EMPTY_BUFFER));
            }
        }
    }
}
