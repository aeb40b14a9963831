package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * What a connection on io_uring needs in front of all others that read from it: it counts in {@link TurnIntake}, and it asks to be
 * read on with each buffer.
 *
 * <p>The latter since one order to receive is answered with many buffers, and with each of them Netty (4.2.18) takes a wish
 * to read for fulfilled. A wish that comes after the order was withdrawn, and before the buffers that were on their way, is
 * forgotten so: nothing is read any more, for ever. To ask costs no system call.
 *
 * <p>And it tells of the peer's end at once. Netty does so in a task, which on io_uring may run long after the peer has seen that we
 * closed, and after others have done what they do then.
 */
final class RingReading extends ChannelInboundHandlerAdapter {

    private final TurnIntake intake;
    private final ReadGate gate;
    private boolean ended;

    RingReading(TurnIntake intake, ReadGate gate) {
        this.intake = intake;
        this.gate = gate;
    }

    /** Whether a channel is driven by io_uring. */
    static boolean isFor(Channel channel) {
        return channel instanceof IoUringSocketChannel || channel instanceof IoUringDomainSocketChannel;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        int octets = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        context.fireChannelRead(message);
        intake.took(octets, gate);
        if (context.channel().config().isAutoRead()) {
            context.read();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        endIfClosed(context);
    }

    /** A connection that was reset ends so. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.fireExceptionCaught(cause);
        endIfClosed(context);
    }

    private void endIfClosed(ChannelHandlerContext context) {
        if (!context.channel().isActive()) {
            channelInactive(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!ended) {
            ended = true;
            context.fireChannelInactive();
        }
    }
}
