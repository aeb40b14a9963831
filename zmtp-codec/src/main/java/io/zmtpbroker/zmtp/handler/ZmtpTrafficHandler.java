package io.zmtpbroker.zmtp.handler;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.zmtpbroker.zmtp.security.ZmtpTraffic;
import java.nio.channels.ClosedChannelException;

/**
 * Stands before the {@link ZmtpMessageHandler} of a connection whose mechanism protects its messages: octets of the wire on
 * one side, frames in clear on the other.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails has ended the channel, which is seen as such
final class ZmtpTrafficHandler extends ChannelDuplexHandler {
    private final ZmtpTraffic traffic;
    private final Heartbeat heartbeat;
    private boolean erased;

    /**
     * A handler for one connection; takes over {@code traffic}.
     *
     * @param heartbeat is told of octets here, since the {@link ZmtpMessageHandler} sees whole frames only
     */
    ZmtpTrafficHandler(ZmtpTraffic traffic, Heartbeat heartbeat) {
        this.traffic = traffic;
        this.heartbeat = heartbeat;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf octets)) {
            ctx.fireChannelRead(message);
            return;
        }
        heartbeat.heard();
        try {
            traffic.expose(octets, ctx.alloc(), ctx::fireChannelRead);
        } catch (RuntimeException e) { // a violation, or a bug: the place in the stream is lost
            ctx.fireExceptionCaught(e);
            ctx.close();
        }
    }

    /** Nothing ever leaves in clear: when the keys are gone, it fails. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (erased || !(message instanceof ByteBuf frames)) {
            ReferenceCountUtil.release(message);
            promise.setFailure(
                    erased ? new ClosedChannelException() : new IllegalArgumentException("neither message nor octets"));
            return;
        }
        ByteBuf octets;
        try {
            octets = traffic.protect(frames, ctx.alloc());
        } catch (RuntimeException e) {
            promise.setFailure(e);
            return;
        }
        ctx.write(octets, promise);
    }

    /** Who closes a connection wants no more of its messages. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        traffic.stop();
        ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        erase();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        erase();
    }

    private void erase() {
        erased = true;
        traffic.close();
    }
}
