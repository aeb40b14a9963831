package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.HANDSHAKE_RATE;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNEXPECTED_COMMAND;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.Frames;
import io.zmtpbroker.zmtp.wire.Greeting;
import io.zmtpbroker.zmtp.wire.GreetingExchange;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The core of a handshake: greeting, then mechanism, or the rest of a greeting of ZMTP 2.0 where the mechanism admits that, at
 * one end of one connection. It is told of octets and answers through
 * its {@link Shell}, which owns the channel and the timeout. Not safe for use by several threads.
 */
public final class ZmtpHandshake {
    private enum State {
        /** Octets of the peer's greeting are missing. */
        GREETING,
        /** The peer speaks ZMTP 2.0, and has not said all that it is. */
        ZMTP_2_0,
        /** The mechanism waits for a command. */
        COMMANDS,
        /** A command has come that must not be worked on yet; it is left where it is, with what comes behind it, within limits. */
        PUT_OFF,
        /** The mechanism waits for an answer from elsewhere; what the peer sends is left where it is, within limits. */
        AWAITING,
        /** Messages may flow; what the peer sends is theirs. */
        COMPLETE
    }

    private final ZmtpLimits limits;
    private final Shell shell;
    private final ZmtpMechanism mechanism;
    private final GreetingExchange greeting;
    private final Zmtp20Handshake zmtp20;
    private final Port port = new Port();
    private State state = State.GREETING;

    /** Whether it was asked if the work may be done. */
    private boolean asked;

    /** Whether the next command may be worked on. */
    private boolean mayStep;

    /** Null while no answer is due. */
    private @Nullable CompletionStage<?> awaited;

    private @Nullable ZmtpPeer peer;
    private @Nullable ZmtpTraffic traffic;

    /**
     * A handshake that has not begun.
     *
     * @param local what we are
     * @param limits say how long a command may be
     * @param factory makes the mechanism
     * @param shell takes what the handshake does
     */
    public ZmtpHandshake(ZmtpLocalEnd local, ZmtpLimits limits, ZmtpMechanismFactory factory, Shell shell) {
        this.limits = limits;
        this.shell = shell;
        mechanism = factory.create(local);
        greeting = new GreetingExchange(
                Greeting.ours(mechanism.name(), mechanism.asServer()),
                local.routingId().length(),
                mechanism.admitsZmtp20());
        zmtp20 = new Zmtp20Handshake(local);
    }

    /** What a handshake does to the world. */
    public interface Shell {
        /**
         * Where buffers come from.
         *
         * @return the connection's allocator
         */
        ByteBufAllocator allocator();

        /**
         * Where the peer is, for an authenticator.
         *
         * @return its network address without a port; empty for a peer that has none
         */
        String peerAddress();

        /**
         * Whether the work of this handshake may be done now. Asked once, before the first command is looked at, and not with
         * NULL, whose handshake is no work.
         *
         * @return false to have the peer refused
         */
        default boolean mayWork() {
            return true;
        }

        /**
         * Whether the next command of this handshake may be worked on now. Asked for each, and not with NULL.
         *
         * @param step advances the handshake with that command; to be run later, once, on the connection's event loop, if it is
         *     put off
         * @return false to put it off
         */
        default boolean mayStepNow(Runnable step) {
            return true;
        }

        /**
         * Sends octets; they may wait until the running call has returned.
         *
         * @param octets taken over
         */
        void send(ByteBuf octets);

        /**
         * Runs a step later on the connection's event loop and then advances the handshake; what the step throws is treated
         * as what {@link ZmtpHandshake#advance} throws. Called on any thread. When the connection has ended the step is
         * dropped.
         *
         * @param step what to run
         */
        void resumeWith(Runnable step);
    }

    /** The connection is up. */
    public void start() {
        ByteBuf out = shell.allocator().buffer(Greeting.LENGTH);
        greeting.start(out);
        shell.send(out);
    }

    /**
     * Uses up what has come, as far as it belongs to the handshake.
     *
     * @param in its reader index moves; the rest is to be shown again with what comes behind it
     * @throws ZmtpProtocolException to refuse the peer, after what was sent before
     */
    public void advance(ByteBuf in) {
        if (state == State.GREETING) {
            exchangeGreeting(in);
        }
        if (state == State.ZMTP_2_0) {
            sending(out -> peer = zmtp20.advance(in, out));
            state = peer == null ? State.ZMTP_2_0 : State.COMPLETE;
        }
        while (state == State.COMMANDS) {
            int begin = in.readerIndex();
            ByteBuf body = CommandWire.readHandshakeCommand(in, limits);
            if (body == null) {
                return;
            }
            if (!mechanism.name().equals(NullMechanism.NAME)) {
                askToWork();
                if (!takeStep()) {
                    in.readerIndex(begin);
                    state = State.PUT_OFF;
                    break;
                }
            }
            mechanism.onCommand(body, port);
        }
        long commands = state == State.PUT_OFF ? 2 : 1;
        if ((state == State.PUT_OFF || state == State.AWAITING)
                && in.readableBytes() > commands * (limits.maxHandshakeCommandLength() + Frames.LONG_HEADER_LENGTH)) {
            throw new ZmtpProtocolException(UNEXPECTED_COMMAND, "more than a command while none was due");
        }
    }

    /**
     * Who is at the other end, once the handshake is complete.
     *
     * @return empty before
     */
    public Optional<ZmtpPeer> peer() {
        return Optional.ofNullable(peer);
    }

    /**
     * What is between the wire and the messages.
     *
     * @return empty before the handshake is complete, with a mechanism that sends messages as they are, and when it was taken
     *     before; the caller closes it
     */
    public Optional<ZmtpTraffic> takeTraffic() {
        Optional<ZmtpTraffic> taken = Optional.ofNullable(traffic);
        traffic = null;
        return taken;
    }

    /**
     * The handshake has ended, well or not; what is secret in it is erased, and an answer that is still due is cancelled. May be
     * called more than once.
     */
    public void close() {
        mechanism.close();
        takeTraffic().ifPresent(ZmtpTraffic::close);
        CompletionStage<?> due = awaited;
        awaited = null;
        if (due instanceof Future<?> cancellable) {
            cancellable.cancel(false);
        }
    }

    private void askToWork() {
        if (asked) {
            return;
        }
        asked = true;
        if (!shell.mayWork()) {
            throw new ZmtpProtocolException(HANDSHAKE_RATE, "too many handshakes from its address");
        }
    }

    private boolean takeStep() {
        boolean now = mayStep || shell.mayStepNow(this::letStep);
        mayStep = false;
        return now;
    }

    private void letStep() {
        mayStep = true;
        state = State.COMMANDS;
    }

    private void exchangeGreeting(ByteBuf in) {
        sending(out -> greeting.advance(in, out));
        if (greeting.isZmtp20()) {
            state = State.ZMTP_2_0;
            sending(zmtp20::start);
        } else if (greeting.isComplete()) {
            state = State.COMMANDS;
            mechanism.onGreeting(greeting.peerMinorVersion(), port);
        }
    }

    /** Does a step of a greeting, and sends what it wrote, also when it throws. */
    private void sending(Consumer<ByteBuf> step) {
        ByteBuf out = shell.allocator().buffer(Greeting.LENGTH);
        try {
            step.accept(out);
        } finally {
            if (out.isReadable()) {
                shell.send(out);
            } else {
                out.release();
            }
        }
    }

    private final class Port implements ZmtpMechanismPort {
        @Override
        public ByteBufAllocator allocator() {
            return shell.allocator();
        }

        @Override
        public ZmtpLimits limits() {
            return limits;
        }

        @Override
        public String peerAddress() {
            return shell.peerAddress();
        }

        @Override
        public void send(ByteBuf frame) {
            shell.send(frame);
        }

        @Override
        public void complete(ZmtpPeer found) {
            peer = found;
            state = State.COMPLETE;
        }

        @Override
        public void complete(ZmtpPeer found, ZmtpTraffic protection) {
            traffic = protection;
            complete(found);
        }

        @Override
        public <T> void await(CompletionStage<T> answer, BiConsumer<@Nullable T, @Nullable Throwable> then) {
            state = State.AWAITING;
            awaited = answer;
            answer.whenComplete((value, failure) -> shell.resumeWith(() -> {
                awaited = null;
                state = State.COMMANDS;
                then.accept(value, failure);
            }));
        }
    }
}
