package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.testing.FuzzInput;
import io.zmtpbroker.zmtp.testing.TrackingAllocator;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that is fed whatever a fuzzer likes: all at once, or in pieces, with everything put off that can be, another
 * library of cryptography where there is one, and an authenticator that answers a piece late.
 */
final class HandshakeRun implements ZmtpHandshake.Shell {
    /** What a handshake writes without anything having come, and a READY or ERROR and a little. */
    private static final int SPARE_OCTETS = 1024;

    private final TrackingAllocator allocator = new TrackingAllocator();
    private final Queue<Runnable> steps = new ArrayDeque<>();
    private final Queue<Runnable> questions = new ArrayDeque<>();
    private final StringBuilder sent = new StringBuilder();
    private final boolean putsOff;

    private HandshakeRun(boolean putsOff) {
        this.putsOff = putsOff;
    }

    /** Which library is to be used in this run. */
    Nacl nacl() {
        return putsOff ? Nacl.preferred() : Nacl.bouncyCastle();
    }

    /** The authenticator, with its answers when they are due in this run. */
    ZmtpAuthenticator answering(ZmtpAuthenticator authenticator) {
        if (!putsOff) {
            return authenticator;
        }
        return request -> {
            var later = new CompletableFuture<ZmtpAuthenticationAnswer>();
            questions.add(() -> later.complete(
                    authenticator.authenticate(request).toCompletableFuture().join()));
            return later;
        };
    }

    /**
     * What came of it.
     *
     * @param sent in hexadecimal
     * @param peer who it was; null if the handshake was not completed
     * @param end the violation, empty if there was none
     * @param rest what was left of the octets once it was complete
     */
    record Outcome(String sent, @Nullable ZmtpPeer peer, String end, String rest) {}

    /** Runs a handshake over some octets both ways, which must end alike. */
    static Outcome whole(
            int way, byte[] octets, ZmtpLocalEnd local, Function<HandshakeRun, ZmtpMechanismFactory> factory) {
        Outcome whole = new HandshakeRun(false).run(local, factory, List.of(octets));
        Outcome cut = new HandshakeRun(true).run(local, factory, FuzzInput.cut(way, octets));
        assertThat(cut).isEqualTo(whole);
        return whole;
    }

    private Outcome run(ZmtpLocalEnd local, Function<HandshakeRun, ZmtpMechanismFactory> factory, List<byte[]> pieces) {
        ZmtpHandshake handshake = new ZmtpHandshake(local, ZmtpLimits.DEFAULT, factory.apply(this), this);
        ByteBuf in = Unpooled.buffer();
        String end = "";
        try {
            handshake.start();
            for (byte[] piece : pieces) {
                int asked = questions.size();
                in.writeBytes(piece);
                advance(handshake, in);
                answer(asked, handshake, in);
                assertThat(allocator.liveOctets()).isLessThan(SPARE_OCTETS);
            }
            while (!questions.isEmpty()) {
                answer(1, handshake, in);
            }
        } catch (ZmtpProtocolException e) {
            assertThat(e.getMessage()).matches("[\\x20-\\x7e]+");
            end = e.violation().toString();
        }
        ZmtpPeer peer = end.isEmpty() ? handshake.peer().orElse(null) : null;
        handshake.close();
        allocator.requireAllReleased();
        return new Outcome(sent.toString(), peer, end, peer == null ? "" : ByteBufUtil.hexDump(in));
    }

    private void advance(ZmtpHandshake handshake, ByteBuf in) {
        if (handshake.peer().isEmpty()) {
            handshake.advance(in);
        }
        runSteps(handshake, in);
    }

    private void answer(int count, ZmtpHandshake handshake, ByteBuf in) {
        for (int left = count; left > 0; left--) {
            questions.remove().run();
            runSteps(handshake, in);
        }
    }

    private void runSteps(ZmtpHandshake handshake, ByteBuf in) {
        while (!steps.isEmpty()) {
            steps.remove().run();
            handshake.advance(in);
        }
    }

    @Override
    public ByteBufAllocator allocator() {
        return allocator;
    }

    @Override
    public String peerAddress() {
        return "127.0.0.1";
    }

    @Override
    public boolean mayStepNow(Runnable step) {
        if (putsOff) {
            steps.add(step);
        }
        return !putsOff;
    }

    @Override
    public void send(ByteBuf octets) {
        sent.append(ByteBufUtil.hexDump(octets));
        octets.release();
    }

    @Override
    public void resumeWith(Runnable step) {
        steps.add(step);
    }
}
