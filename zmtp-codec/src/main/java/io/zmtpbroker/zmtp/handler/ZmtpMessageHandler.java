package io.zmtpbroker.zmtp.handler;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.ZmtpVersion;
import io.zmtpbroker.zmtp.security.ZmtpTraffic;
import io.zmtpbroker.zmtp.wire.Borrowed;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.MessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Messages and commands of a connection whose handshake is complete. Reading, it delivers whole messages, answers PING, and
 * ignores every other command; writing, it lets whole messages pass. {@link ZmtpPipeline} installs it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails has ended the channel, which is seen as such
public final class ZmtpMessageHandler extends ChannelDuplexHandler {
    private final ZmtpLimits limits;
    private final ZmtpVersion version;
    private final MessageDecoder.Sink sink;
    private final Heartbeat heartbeat;
    private final PingResponder pings;
    private final CommandRate ignored;
    private final ZmtpMessageListener listener;

    /** Null when messages come as they are. */
    private @Nullable ZmtpTraffic traffic;

    private long heldOctets;

    @SuppressWarnings("NullAway.Init") // set when the handler is added, before anything else is called
    private ChannelHandlerContext context;

    @SuppressWarnings("NullAway.Init") // as context
    private MessageDecoder decoder;

    /**
     * A handler for one connection.
     *
     * @param version what the peer speaks
     * @param heartbeat of the connection, which this handler opens and closes
     * @param listener takes the messages; when null, each passes through the pipeline as a {@link ZmtpMessage}
     */
    ZmtpMessageHandler(
            ZmtpLimits limits, ZmtpVersion version, Heartbeat heartbeat, @Nullable ZmtpMessageListener listener) {
        this.limits = limits;
        this.version = version;
        this.heartbeat = heartbeat;
        this.listener = listener == null ? this::fireMessage : listener;
        pings = new PingResponder(heartbeat);
        sink = new Incoming();
        ignored = new CommandRate(limits.maxIgnoredCommandsPerSecond());
    }

    /** What stands in front of this holds octets, too. */
    void standsBehind(ZmtpTraffic protection) {
        traffic = protection;
    }

    /**
     * How many commands came that mean nothing here: unknown ones, subscriptions, a further READY or ERROR. To be read on
     * the channel's event loop.
     *
     * @return a number that only grows
     */
    public long ignoredCommands() {
        return ignored.total();
    }

    /**
     * Delivers nothing more behind the message that is being delivered, until {@link #resume}; what has been read by then is
     * kept. It does not stop the channel from reading: who pauses for long also sets {@code autoRead} to false. To be called on
     * the channel's event loop.
     */
    public void pause() {
        decoder.pause();
    }

    /**
     * Delivers what was kept while this was paused, and goes on. To be called on the channel's event loop; a listener may do
     * so, too.
     */
    public void resume() {
        boolean kept = decoder.hasUntaken();
        try {
            decoder.resume(sink);
        } catch (Throwable e) { // as in channelRead; and nobody above a task closes what an Error has struck
            decoder.close(); // it struck where the place in the stream is lost
            context.fireExceptionCaught(e);
            context.close();
            return;
        }
        if (kept) {
            reportHeld();
        }
    }

    /**
     * Whether octets are kept that came while this was paused. To be read on the channel's event loop.
     *
     * @return true also if they are no whole message
     */
    public boolean keepsInput() {
        return decoder.hasUntaken();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        decoder = version.hasCommands()
                ? new MessageDecoder(limits, ctx.alloc())
                : MessageDecoder.withoutCommands(limits, ctx.alloc());
        heartbeat.open(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        heartbeat.heard();
        try {
            decoder.decode(in, sink);
        } catch (RuntimeException e) { // a violation, or a bug behind the listener: the place in the stream is lost
            ctx.fireExceptionCaught(e);
            ctx.close();
            return;
        }
        reportHeld(); // with each buffer, so that a listener can stop the reading of a burst
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        pings.onReadComplete(ctx);
        reportHeld();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pings.onWritabilityChanged(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        while (decoder
                .hasUntaken()) { // messages before the end of a connection count, and nobody can wait for them any more
            resume();
        }
        release();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    /** A message becomes its octets; octets are taken for whole messages. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Object octets = message instanceof ZmtpMessage zmtp ? zmtp.content() : message;
        if (octets instanceof ByteBuf buffer) {
            heartbeat.beforeWrite(buffer.readableBytes());
        }
        ctx.write(octets, promise);
    }

    /** Who closes a connection wants no more of its messages, not even those that have been read. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        decoder.close();
        ctx.close(promise);
    }

    private void release() {
        decoder.close();
        pings.close();
        heartbeat.close();
    }

    private void fireMessage(ByteBuf message) {
        context.fireChannelRead(ZmtpMessage.ofWire(Borrowed.keep(message, context.alloc())));
    }

    private void onCommand(ByteBuf body) {
        switch (CommandWire.readName(body)) {
            case CommandWire.PING -> pings.onPing(context, body);
            case CommandWire.PONG -> {} // whatever it answers: a sign of life, no more
            default -> ignored.add(context.executor().ticker().nanoTime());
        }
    }

    private void reportHeld() {
        long octets = decoder.occupiedOctets() + (traffic == null ? 0 : traffic.occupiedOctets());
        if (octets != heldOctets) {
            heldOctets = octets;
            listener.onHeld(octets);
        }
    }

    private final class Incoming implements MessageDecoder.Sink {
        @Override
        public void onMessage(ByteBuf message) {
            listener.onMessage(message);
        }

        @Override
        public void onCommand(ByteBuf body) {
            ZmtpMessageHandler.this.onCommand(body);
        }
    }
}
