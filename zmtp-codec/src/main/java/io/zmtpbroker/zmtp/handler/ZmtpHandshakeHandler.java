package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.ZmtpViolation.HANDSHAKE_TIMEOUT;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.security.ZmtpHandshake;
import io.zmtpbroker.zmtp.security.ZmtpLocalEnd;
import io.zmtpbroker.zmtp.security.ZmtpTraffic;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The shell of a {@link ZmtpHandshake}: its channel and its time limit. It ends by putting the message handler in its place,
 * announcing {@link ZmtpHandshakeComplete} and passing on the octets that came behind the handshake; or by closing the
 * channel.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails has ended the channel, which is seen as such
final class ZmtpHandshakeHandler extends ChannelDuplexHandler {
    private enum State {
        /** The channel is not active yet. */
        NEW,
        /** The handshake goes on. */
        RUNNING,
        /** Messages may flow. */
        COMPLETE,
        /** The connection is being closed, or is; all input is dropped. */
        ENDED
    }

    private final ZmtpLimits limits;
    private final @Nullable ZmtpHandshakeGuard guard;
    private final @Nullable ZmtpMessageListener listener;
    private final MessageInstaller messages;
    private final ZmtpHandshake handshake;
    private State state = State.NEW;
    private int heldOctets;

    /** The application is being told of a refusal, behind which the channel is closed. */
    private boolean refusing;

    /** When the time is over: kept by the sweep. */
    long deadlineNanos;

    /** Null until the handshake begins, and when it has ended. */
    private @Nullable HandshakeSweep sweep;

    /** Puts what takes the messages behind the handler of a context. */
    @FunctionalInterface
    interface MessageInstaller {
        /**
         * Installs it.
         *
         * @param peer who has completed the handshake
         * @param traffic stands in front of the messages, and is taken over; null when they come as they are
         */
        void install(ChannelHandlerContext handshake, ZmtpPeer peer, @Nullable ZmtpTraffic traffic);
    }

    @SuppressWarnings("NullAway.Init") // set when the handler is added, before anything else is called
    private ChannelHandlerContext context;

    @SuppressWarnings("NullAway.Init") // as context
    private HandshakeInput input;

    /**
     * A handshake that begins when its channel is active.
     *
     * @param listener told of what is held of a handshake; null for nobody
     */
    ZmtpHandshakeHandler(
            ZmtpOptions options,
            ZmtpLocalEnd local,
            @Nullable ZmtpMessageListener listener,
            MessageInstaller messages) {
        this.listener = listener;
        this.messages = messages;
        guard = options.handshakeGuard().orElse(null);
        limits = options.limits();
        handshake = new ZmtpHandshake(local, limits, options.mechanism(), new Shell());
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
        if (state == State.RUNNING) {
            perform(() -> handshake.advance(input.octets()));
        }
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

    /**
     * Who closes the channel because of a refusal, as applications do when they are told of an exception, would cut off what the
     * peer is still to be told; the channel is closed behind that.
     */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (refusing) {
            ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else {
            ctx.close(promise);
        }
    }

    private void start() {
        if (state != State.NEW) {
            return;
        }
        state = State.RUNNING;
        sweep = HandshakeSweep.of(context.executor());
        sweep.add(this);
        perform(handshake::start);
    }

    /** Does one step, sends what it wrote, and ends the handshake if the step did. */
    private void perform(Runnable step) {
        Throwable failure = null;
        try {
            step.run();
        } catch (Throwable e) { // a violation, a bug of a mechanism, or no memory: in any case nobody gets in
            failure = e;
        }
        context.flush();
        if (state != State.RUNNING) {
            return; // what the flush caused has ended the handshake
        }
        if (failure != null) {
            refuse(failure);
        } else {
            handshake.peer().ifPresentOrElse(this::complete, this::settle);
        }
    }

    private void settle() {
        input.settle();
        if (listener != null && heldOctets != input.occupied()) {
            heldOctets = input.occupied();
            listener.onHeld(heldOctets);
        }
    }

    private void complete(ZmtpPeer peer) {
        state = State.COMPLETE;
        if (listener != null && heldOctets > 0) {
            listener.onHeld(0); // what is left is read at once
        }
        messages.install(context, peer, handshake.takeTraffic().orElse(null));
        context.fireUserEventTriggered(new ZmtpHandshakeComplete(peer));
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }

    private void refuse(Throwable reason) {
        refusing = true;
        try {
            stop(reason);
        } finally {
            refusing = false;
        }
        // Behind what was written, however long a transport takes for it; the time limit is still there for a stuck
        // peer.
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void stop(Throwable reason) {
        state = State.ENDED;
        input.release();
        handshake.close();
        context.fireExceptionCaught(reason);
    }

    /** How long the handshake may take. */
    long limitNanos() {
        return limits.handshakeTimeout().toNanos();
    }

    /** Ends the handshake, or what is left of the connection when that was refused; a stuck peer is waited for no longer. */
    void timeIsOver() {
        if (state != State.ENDED) {
            stop(new ZmtpProtocolException(
                    HANDSHAKE_TIMEOUT, "handshake not complete after " + limits.handshakeTimeout()));
        }
        context.close();
    }

    /** The end has failed: a bug. */
    void fail(Throwable cause) {
        context.fireExceptionCaught(cause);
        context.close();
    }

    private void end() {
        state = State.ENDED;
        if (sweep != null) {
            sweep.remove(this);
            sweep = null;
        }
        input.release();
        handshake.close();
    }

    private final class Shell implements ZmtpHandshake.Shell {
        @Override
        public ByteBufAllocator allocator() {
            return context.alloc();
        }

        @Override
        public String peerAddress() {
            return context.channel().remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                    ? peer.getAddress().getHostAddress()
                    : "";
        }

        @Override
        public boolean mayWork() {
            return guard == null || guard.admits(context.channel());
        }

        @Override
        public boolean mayStepNow(Runnable step) {
            return guard == null || guard.mayStepNow(context.channel(), () -> resume(step));
        }

        @Override
        public void send(ByteBuf octets) {
            context.write(octets);
        }

        @Override
        public void resumeWith(Runnable step) {
            context.executor().execute(() -> resume(step));
        }

        private void resume(Runnable step) {
            if (state == State.RUNNING) {
                perform(() -> {
                    step.run();
                    handshake.advance(input.octets());
                });
            }
        }
    }
}
