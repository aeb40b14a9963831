package io.zmtpbroker.interop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.security.ZmtpHandshake;
import io.zmtpbroker.zmtp.security.ZmtpLocalEnd;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpSocketPolicy;
import io.zmtpbroker.zmtp.security.ZmtpTraffic;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A client of PLAIN or CURVE on a blocking socket, which has the test send each of its steps, or something else. What it says is
 * computed by the core of the codec.
 */
final class StepwiseClient implements ZmtpHandshake.Shell, AutoCloseable {
    /** What a client says, in this order. */
    enum Step {
        GREETING,
        HELLO,
        INITIATE,
        /** Two frames of a message that has more. */
        MESSAGE
    }

    private static final int GREETING_LENGTH = 64;
    private static final int COMMAND = 4;
    private static final byte[] HALF_A_MESSAGE = {1, 0, 1, 4, 'h', 'a', 'l', 'f'};

    private final RawPeer peer;
    private final String mechanism;
    private final ZmtpHandshake handshake;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    StepwiseClient(int port, SocketType type, ZmtpMechanismFactory factory) {
        ZmtpLocalEnd local =
                new ZmtpLocalEnd(ZmtpRole.CONNECTING, ZmtpSocketPolicy.fixed(type), RoutingId.EMPTY, Metadata.EMPTY);
        this.mechanism = factory.create(local).name();
        handshake = new ZmtpHandshake(local, ZmtpLimits.DEFAULT, factory, this);
        peer = RawPeer.silent(port);
    }

    RawPeer peer() {
        return peer;
    }

    boolean isCurve() {
        return mechanism.equals("CURVE");
    }

    /** Goes through the steps before this one. */
    StepwiseClient upTo(Step end) {
        for (Step step : Step.values()) {
            if (step == end) {
                break;
            }
            peer.send(octets(step));
        }
        return this;
    }

    /** What is to be sent at a step, after those before it: waits for the answer to these. */
    byte[] octets(Step step) {
        return switch (step) {
            case GREETING -> RawPeer.greeting(mechanism);
            case HELLO -> {
                handshake.start();
                byte[] whole = answerTo(peer.octets(GREETING_LENGTH));
                yield Arrays.copyOfRange(whole, GREETING_LENGTH, whole.length);
            }
            case INITIATE -> answerTo(command());
            case MESSAGE -> {
                answerTo(command());
                yield handshake.takeTraffic().map(this::protect).orElse(HALF_A_MESSAGE);
            }
        };
    }

    private byte[] command() {
        return RawPeer.frame(COMMAND, peer.command());
    }

    private byte[] answerTo(byte[] octets) {
        handshake.advance(Unpooled.wrappedBuffer(octets));
        byte[] answer = said.toByteArray();
        said.reset();
        return answer;
    }

    private byte[] protect(ZmtpTraffic traffic) {
        ByteBuf frames = traffic.protect(Unpooled.copiedBuffer(HALF_A_MESSAGE), allocator());
        byte[] octets = ByteBufUtil.getBytes(frames);
        frames.release();
        traffic.close();
        return octets;
    }

    @Override
    public ByteBufAllocator allocator() {
        return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    public String peerAddress() {
        return "";
    }

    @Override
    public void send(ByteBuf octets) {
        said.writeBytes(ByteBufUtil.getBytes(octets));
        octets.release();
    }

    @Override
    public void resumeWith(Runnable step) {
        throw new AssertionError("a client asks nobody");
    }

    @Override
    public void close() {
        handshake.close();
        peer.close();
    }
}
