package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.ZmtpViolation.HANDSHAKE_TIMEOUT;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNEXPECTED_COMMAND;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.security.ZmtpLocalEnd;
import io.zmtpbroker.zmtp.security.ZmtpMechanism;
import io.zmtpbroker.zmtp.security.ZmtpMechanismPort;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.Frames;
import io.zmtpbroker.zmtp.wire.Greeting;
import io.zmtpbroker.zmtp.wire.GreetingExchange;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Greeting and mechanism of one connection, in either role. It ends by putting the message handler in its place, announcing
 * {@link ZmtpHandshakeComplete} and passing on the octets that came behind the handshake; or by closing the channel.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails has ended the channel, which is seen as such
final class ZmtpHandshakeHandler extends ChannelDuplexHandler {
    private enum State {
        /** The channel is not active yet. */
        NEW,
        /** Octets of the peer's greeting are missing. */
        GREETING,
        /** The mechanism waits for a command. */
        COMMANDS,
        /** The mechanism waits for an answer from elsewhere; what the peer sends is kept, within limits. */
        AWAITING,
        /** Messages may flow. */
        COMPLETE,
        /** The connection is being closed, or is; all input is dropped. */
        ENDED
    }

    private final ZmtpLimits limits;
    private final Consumer<ChannelHandlerContext> installMessages;
    private final ZmtpMechanism mechanism;
    private final GreetingExchange greeting;
    private final Port port = new Port();
    private State state = State.NEW;
    private @Nullable ZmtpPeer peer;
    private @Nullable Future<?> timeout;

    @SuppressWarnings("NullAway.Init") // set when the handler is added, before anything else is called
    private ChannelHandlerContext context;

    @SuppressWarnings("NullAway.Init") // as context
    private HandshakeInput input;

    /**
     * A handshake that begins when its channel is active.
     *
     * @param installMessages puts the message handler behind the handler of the given context
     */
    ZmtpHandshakeHandler(ZmtpOptions options, ZmtpLocalEnd local, Consumer<ChannelHandlerContext> installMessages) {
        this.installMessages = installMessages;
        limits = options.limits();
        mechanism = options.mechanism().create(local);
        greeting = new GreetingExchange(
                Greeting.ours(mechanism.name(), mechanism.asServer()),
                local.routingId().length());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        input = new HandshakeInput(ctx.alloc());
        if (ctx.channel().isActive()) {
            start();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        start();
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (state == State.ENDED) {
            in.release();
            return;
        }
        input.add(in);
        advance(this::consume);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        boolean passOn = state == State.COMPLETE && input.octets().isReadable();
        ByteBuf rest = input.take();
        end();
        if (passOn) {
            ctx.fireChannelRead(rest);
            ctx.fireChannelReadComplete();
        } else {
            rest.release();
        }
    }

    /** Application messages may not overtake the handshake. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (state == State.COMPLETE) {
            ctx.write(message, promise);
            return;
        }
        ReferenceCountUtil.release(message);
        promise.setFailure(new IllegalStateException("no message may be written before the handshake is complete"));
    }

    private void start() {
        if (state != State.NEW) {
            return;
        }
        state = State.GREETING;
        timeout = context.executor()
                .schedule(this::onTimeout, limits.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        ByteBuf out = context.alloc().buffer(Greeting.LENGTH);
        greeting.start(out);
        context.writeAndFlush(out);
    }

    /** Does one step, sends what it wrote, and ends the handshake if the step did. */
    private void advance(Runnable step) {
        RuntimeException failure = null;
        try {
            step.run();
            input.settle();
        } catch (RuntimeException e) { // a violation, or a bug of a mechanism: in either case nobody gets in
            failure = e;
        }
        context.flush();
        if (failure != null) {
            refuse(failure);
        } else if (peer != null && state == State.COMPLETE) {
            complete(peer);
        }
    }

    private void consume() {
        if (state == State.GREETING) {
            exchangeGreeting();
        }
        while (state == State.COMMANDS) {
            ByteBuf body = CommandWire.readHandshakeCommand(input.octets(), limits);
            if (body == null) {
                return;
            }
            mechanism.onCommand(body, port);
        }
        if (state == State.AWAITING
                && input.octets().readableBytes() > limits.maxHandshakeCommandLength() + Frames.LONG_HEADER_LENGTH) {
            throw new ZmtpProtocolException(UNEXPECTED_COMMAND, "more than a command while none was due");
        }
    }

    private void exchangeGreeting() {
        ByteBuf out = context.alloc().buffer(Greeting.LENGTH);
        try {
            greeting.advance(input.octets(), out);
        } finally {
            port.send(out);
        }
        if (greeting.isComplete()) {
            state = State.COMMANDS;
            mechanism.onGreeting(greeting.peerMinorVersion(), port);
        }
    }

    private void complete(ZmtpPeer complete) {
        installMessages.accept(context);
        context.fireUserEventTriggered(new ZmtpHandshakeComplete(complete));
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }

    private void refuse(RuntimeException reason) {
        state = State.ENDED;
        input.release();
        context.fireExceptionCaught(reason);
        // Behind what was written, however long a transport takes for it; the timeout is still there for a stuck peer.
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void onTimeout() {
        if (state == State.ENDED) {
            context.close();
            return;
        }
        refuse(new ZmtpProtocolException(
                HANDSHAKE_TIMEOUT, "handshake not complete after " + limits.handshakeTimeout()));
    }

    private void end() {
        state = State.ENDED;
        input.release();
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    private final class Port implements ZmtpMechanismPort {
        @Override
        public ByteBufAllocator allocator() {
            return context.alloc();
        }

        @Override
        public void send(ByteBuf frame) {
            context.write(frame);
        }

        @Override
        public void complete(ZmtpPeer found) {
            peer = found;
            state = State.COMPLETE;
        }

        @Override
        public <T> void await(CompletionStage<T> answer, BiConsumer<@Nullable T, @Nullable Throwable> then) {
            state = State.AWAITING;
            answer.whenComplete((value, failure) -> context.executor().execute(() -> resume(value, failure, then)));
        }

        private <T> void resume(
                @Nullable T value, @Nullable Throwable failure, BiConsumer<@Nullable T, @Nullable Throwable> then) {
            if (state != State.AWAITING) {
                return;
            }
            state = State.COMMANDS;
            advance(() -> {
                then.accept(value, failure);
                consume();
            });
        }
    }
}
