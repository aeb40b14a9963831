package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.testing.Hex;

/** A handshake of one end, told octets in hexadecimal; what it asks of others is answered at once. */
final class Conversation implements AutoCloseable {
    final RecordingShell shell = new RecordingShell();
    final ZmtpHandshake handshake;
    private final ByteBuf in = Unpooled.buffer();

    private Conversation(ZmtpLocalEnd local, ZmtpMechanismFactory factory) {
        handshake = new ZmtpHandshake(local, ZmtpLimits.DEFAULT, factory, shell);
    }

    static Conversation accepting(ZmtpMechanismFactory factory) {
        return new Conversation(CurveVectors.end(ZmtpRole.ACCEPTING, SocketType.ROUTER), factory);
    }

    static Conversation connecting(ZmtpMechanismFactory factory) {
        return new Conversation(CurveVectors.end(ZmtpRole.CONNECTING, SocketType.DEALER), factory);
    }

    static Conversation of(ZmtpRole role, ZmtpSocketPolicy sockets, ZmtpMechanismFactory factory) {
        return new Conversation(new ZmtpLocalEnd(role, sockets, RoutingId.EMPTY, Metadata.EMPTY), factory);
    }

    /** What is sent back. */
    String say(String octets) {
        return say(Hex.octets(octets));
    }

    String say(byte[] octets) {
        in.writeBytes(octets);
        handshake.advance(in);
        while (!shell.steps.isEmpty()) {
            shell.steps.remove().run();
            handshake.advance(in);
        }
        return shell.sent();
    }

    ZmtpViolation violation(String octets) {
        return failure(octets).violation();
    }

    ZmtpProtocolException failure(String octets) {
        return catchThrowableOfType(ZmtpProtocolException.class, () -> say(octets));
    }

    @Override
    public void close() {
        handshake.close();
    }

    static String hex(String text) {
        return Hex.of(Hex.octets(text));
    }

    /** A short command. */
    static String command(String name, String data) {
        String body = "%02x".formatted(name.length()) + Hex.ofText(name) + hex(data);
        int length = body.length() / 2;
        return length < 256 ? "04 %02x ".formatted(length) + body : "06 %016x ".formatted(length) + body;
    }
}
