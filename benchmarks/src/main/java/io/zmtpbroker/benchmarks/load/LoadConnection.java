package io.zmtpbroker.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
import io.zmtpbroker.zmtp.handler.ZmtpMessageListener;
import io.zmtpbroker.zmtp.wire.Borrowed;
import io.zmtpbroker.zmtp.wire.Frames;
import org.jspecify.annotations.Nullable;

/** One connection of the load. What it says is gathered, and written at the end of the loop's turn. */
abstract class LoadConnection extends ChannelInboundHandlerAdapter implements ZmtpMessageListener {

    private static final int INITIAL_OCTETS = 512;

    private final LoadLoop loop;
    private final Runnable onHandshake;

    @SuppressWarnings("NullAway.Init") // set when the handler is added, before anything else is called
    private Channel channel;

    /** What was said last and is not with the channel yet. */
    private @Nullable ByteBuf gathered;

    private boolean touched;

    /**
     * A connection that is still to be made.
     *
     * @param onHandshake run when the broker has taken it
     */
    LoadConnection(LoadLoop loop, Runnable onHandshake) {
        this.loop = loop;
        this.onHandshake = onHandshake;
    }

    LoadLoop loop() {
        return loop;
    }

    /** The handshake is over. */
    abstract void onOpen();

    /** Where to write what is to be said: whole frames of whole messages, by the end of the turn. */
    ByteBuf out() {
        touch();
        if (gathered == null) {
            gathered = channel.alloc().directBuffer(INITIAL_OCTETS);
        }
        return gathered;
    }

    /** Says octets that are lent for the call. */
    void say(ByteBuf octets) {
        if (octets.readableBytes() < Borrowed.COPY_BELOW) {
            out().writeBytes(octets, octets.readerIndex(), octets.readableBytes());
            return;
        }
        touch();
        passOn();
        channel.write(Borrowed.keep(octets, channel.alloc()), channel.voidPromise());
    }

    /** Says {@code ["", text]}. */
    void say(byte[] text) {
        ByteBuf out = out();
        Frames.writeEmptyMore(out);
        Frames.write(out, false, text);
    }

    private void touch() {
        if (!touched) {
            touched = true;
            loop.touched(this);
        }
    }

    void flush() {
        touched = false;
        passOn();
        channel.flush();
    }

    private void passOn() {
        if (gathered != null) {
            channel.write(gathered, channel.voidPromise());
            gathered = null;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ZmtpHandshakeComplete) {
            onOpen();
            onHandshake.run();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        loop.failed("the broker closed a connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        loop.failed(cause.toString());
    }
}
