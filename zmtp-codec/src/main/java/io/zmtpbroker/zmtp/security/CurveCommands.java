package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNEXPECTED_COMMAND;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.wire.CommandWire;

/** What the handshake commands of both ends of CURVE have in common. */
final class CurveCommands {
    private CurveCommands() {}

    /** Sends a command of octets in clear, a counter and a box. */
    static void send(String name, byte[] clear, long counter, byte[] sealed, ZmtpMechanismPort port) {
        ByteBuf data = Unpooled.buffer(clear.length + Long.BYTES + sealed.length);
        data.writeBytes(clear).writeLong(counter).writeBytes(sealed);
        port.send(CommandWire.encode(port.allocator(), name, data));
    }

    /** Expects a command; what remains readable is its data. */
    static void expect(String name, ByteBuf body) {
        require(name, CommandWire.readName(body));
    }

    /** Expects a command from the server, where ERROR may come too. */
    static void expectFromServer(String name, ByteBuf body) {
        String found = CommandWire.readName(body);
        if (found.equals(CommandWire.ERROR)) {
            throw CommandWire.peerError(body);
        }
        require(name, found);
    }

    static ZmtpProtocolException unexpected() {
        return new ZmtpProtocolException(UNEXPECTED_COMMAND, "command that is not due in a CURVE handshake");
    }

    static void checkLength(boolean right, int length) {
        if (!right) {
            throw new ZmtpProtocolException(MALFORMED_COMMAND, "command of CURVE with " + length + " octets");
        }
    }

    private static void require(String name, String found) {
        if (!found.equals(name)) {
            throw unexpected();
        }
    }
}
