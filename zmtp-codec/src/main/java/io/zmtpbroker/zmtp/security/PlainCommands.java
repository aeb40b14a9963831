package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNEXPECTED_COMMAND;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.wire.CommandWire;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The commands of 24/PLAIN, "Protocol Grammar". */
final class PlainCommands {
    static final String MECHANISM = "PLAIN";
    static final String HELLO = "HELLO";
    static final String WELCOME = "WELCOME";
    static final String INITIATE = "INITIATE";

    private static final int MAX_LENGTH = 255;

    /** libzmq's PLAIN writes ERROR so: an escape in its source swallows the E, and its code for the name's length. */
    private static final ByteBuf LIBZMQ_ERROR = Unpooled.unreleasableBuffer(
            Unpooled.wrappedBuffer("^RROR".getBytes(StandardCharsets.US_ASCII)).asReadOnly());

    private PlainCommands() {}

    /** Our user and password, checked for a length that HELLO can hold. */
    static byte[] checkedLength(String what, byte[] octets) {
        if (octets.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    what + " of " + octets.length + " octets, at most " + MAX_LENGTH + " are allowed");
        }
        return octets;
    }

    /** Sends HELLO in a buffer that does not keep the password. */
    static void sendHello(byte[] user, byte[] password, ZmtpMechanismPort port) {
        ByteBuf data = Unpooled.buffer(2 + user.length + password.length);
        data.writeByte(user.length).writeBytes(user).writeByte(password.length).writeBytes(password);
        ByteBuf hello = new ErasedBuffer(ByteBuffer.allocateDirect(CommandWire.encodedLength(HELLO, data)));
        CommandWire.write(hello, HELLO, data);
        data.setZero(0, data.capacity());
        port.send(hello);
    }

    /**
     * Reads the data of HELLO: two strings, each behind its length, and nothing more. Who has received it erases it; the
     * password in what is returned is the caller's.
     */
    static ZmtpCredentials.Plain readHello(ByteBuf data) {
        byte[] user = readString(data);
        byte[] password = readString(data);
        if (data.isReadable()) {
            throw malformed("HELLO with octets behind the password");
        }
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(user))
                    .toString();
            return new ZmtpCredentials.Plain(name, password);
        } catch (CharacterCodingException e) {
            throw malformed("HELLO with a user that is not UTF-8");
        }
    }

    /** Expects a command from the server, where ERROR may come too, in libzmq's spelling or the right one. */
    static void expectFromServer(String name, ByteBuf body) {
        if (isLibzmqError(body)) {
            body.skipBytes(LIBZMQ_ERROR.readableBytes());
            throw refused(body);
        }
        String found = CommandWire.readName(body);
        if (found.equals(CommandWire.ERROR)) {
            throw refused(body);
        }
        require(name, found);
    }

    static void expect(String name, ByteBuf body) {
        require(name, CommandWire.readName(body));
    }

    private static void require(String name, String found) {
        if (!found.equals(name)) {
            throw new ZmtpProtocolException(UNEXPECTED_COMMAND, "command other than " + name + " in a PLAIN handshake");
        }
    }

    private static boolean isLibzmqError(ByteBuf body) {
        int length = LIBZMQ_ERROR.readableBytes();
        return body.readableBytes() >= length
                && body.slice(body.readerIndex(), length).equals(LIBZMQ_ERROR);
    }

    private static ZmtpProtocolException refused(ByteBuf data) {
        return CommandWire.peerError(data);
    }

    private static byte[] readString(ByteBuf data) {
        int length = data.isReadable() ? data.readUnsignedByte() : MAX_LENGTH + 1;
        if (length > data.readableBytes()) {
            throw malformed("HELLO cut short");
        }
        byte[] octets = new byte[length];
        data.readBytes(octets);
        return octets;
    }

    private static ZmtpProtocolException malformed(String message) {
        return new ZmtpProtocolException(MALFORMED_COMMAND, message);
    }
}
