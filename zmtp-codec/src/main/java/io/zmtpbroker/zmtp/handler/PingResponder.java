package io.zmtpbroker.zmtp.handler;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.zmtpbroker.zmtp.wire.HeartbeatWire;
import org.jspecify.annotations.Nullable;

/**
 * Answers each PING with a PONG (37/ZMTP, "Connection Heartbeating"). While the channel is not writable only the newest
 * answer is kept, so a peer that sends PINGs and never reads costs no more than one that does not.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails has ended the channel, which is seen as such
final class PingResponder {
    private final Heartbeat heartbeat;
    private @Nullable ByteBuf waiting;
    private boolean unflushed;

    PingResponder(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** Answers a PING whose data, behind its name, is {@code data}; throws if that is malformed. */
    void onPing(ChannelHandlerContext ctx, ByteBuf data) {
        int ttlTenths = HeartbeatWire.readTtlTenths(data);
        ByteBuf pong = HeartbeatWire.encodePong(ctx.alloc(), HeartbeatWire.readContext(data));
        heartbeat.onPing(ttlTenths);
        if (ctx.channel().isWritable()) {
            ctx.write(pong);
            unflushed = true;
            return;
        }
        discardWaiting();
        waiting = pong;
    }

    /** All that was readable has been read. */
    void onReadComplete(ChannelHandlerContext ctx) {
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
    }

    /** The channel became writable, or ceased to be. */
    void onWritabilityChanged(ChannelHandlerContext ctx) {
        if (waiting != null && ctx.channel().isWritable()) {
            ByteBuf pong = waiting;
            waiting = null;
            ctx.writeAndFlush(pong);
        }
    }

    /** The connection has ended. May be called more than once. */
    void close() {
        discardWaiting();
    }

    private void discardWaiting() {
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
    }
}
