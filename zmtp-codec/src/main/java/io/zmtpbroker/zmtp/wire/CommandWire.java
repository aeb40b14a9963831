package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.MESSAGE_BEFORE_READY;
import static io.zmtpbroker.zmtp.ZmtpViolation.PEER_ERROR;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Commands: frames with the COMMAND flag and a body of {@code length(1) name data} (37/ZMTP, "Commands"). */
public final class CommandWire {
    /** Ends every handshake well. */
    public static final String READY = "READY";

    /** Ends a handshake badly; the data is a reason. */
    public static final String ERROR = "ERROR";

    /** Asks for a {@link #PONG}. */
    public static final String PING = "PING";

    /** Answers a {@link #PING}. */
    public static final String PONG = "PONG";

    private static final int MAX_NAME_LENGTH = 255;
    private static final int MAX_REASON_LENGTH = 255;

    private CommandWire() {}

    /**
     * Reads the name of a command, so that its data is what remains readable.
     *
     * @param body of the command; its reader index moves behind the name
     * @return the name, each octet a character; names compare exactly
     * @throws ZmtpProtocolException if the name is empty or passes the end of the body
     */
    public static String readName(ByteBuf body) {
        int length = body.isReadable() ? body.readUnsignedByte() : 0;
        if (length == 0 || length > body.readableBytes()) {
            throw new ZmtpProtocolException(
                    MALFORMED_COMMAND, "command with a name of " + length + " octets in " + body.readableBytes());
        }
        return body.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
    }

    /**
     * Writes a command.
     *
     * @param allocator where its buffer comes from
     * @param name 1 to 255 characters of ASCII
     * @param data its readable octets are copied; its indices stay, and the caller keeps it
     * @return the whole frame, owned by the caller
     * @throws IllegalArgumentException if the name is empty or too long
     */
    public static ByteBuf encode(ByteBufAllocator allocator, String name, ByteBuf data) {
        ByteBuf out = allocator.buffer(encodedLength(name, data));
        write(out, name, data);
        return out;
    }

    /**
     * The length of a command.
     *
     * @param name as for {@link #encode}
     * @param data likewise
     * @return octets of the whole frame
     * @throws IllegalArgumentException if the name is empty or too long
     */
    public static int encodedLength(String name, ByteBuf data) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("command name of " + name.length() + " octets");
        }
        return Frames.encodedLength(1 + name.length() + data.readableBytes());
    }

    /**
     * Writes a command into a buffer.
     *
     * @param out grows by {@link #encodedLength} octets
     * @param name as for {@link #encode}
     * @param data likewise
     */
    public static void write(ByteBuf out, String name, ByteBuf data) {
        int dataLength = data.readableBytes();
        int bodyLength = 1 + name.length() + dataLength;
        if (bodyLength <= Frames.MAX_SHORT_BODY_LENGTH) {
            out.writeByte(Frames.COMMAND).writeByte(bodyLength);
        } else {
            out.writeByte(Frames.COMMAND | Frames.LONG).writeLong(bodyLength);
        }
        out.writeByte(name.length());
        out.writeCharSequence(name, StandardCharsets.US_ASCII);
        out.writeBytes(data, data.readerIndex(), dataLength);
    }

    /**
     * Writes an ERROR command, which is allowed only inside a handshake and makes libzmq give up the endpoint for good.
     *
     * @param allocator where its buffer comes from
     * @param reason up to 255 characters of ASCII
     * @return the whole frame, owned by the caller
     * @throws IllegalArgumentException if the reason is too long
     */
    public static ByteBuf encodeError(ByteBufAllocator allocator, String reason) {
        if (reason.length() > MAX_REASON_LENGTH) {
            throw new IllegalArgumentException("reason of " + reason.length() + " octets");
        }
        ByteBuf data = allocator.buffer(1 + reason.length());
        try {
            data.writeByte(reason.length());
            data.writeCharSequence(reason, StandardCharsets.US_ASCII);
            return encode(allocator, ERROR, data);
        } finally {
            data.release();
        }
    }

    /**
     * Reads the data of an ERROR command.
     *
     * @param data what follows the name; read to its end
     * @return the peer's reason with every octet that is not printable ASCII replaced by {@code ?}, so it is safe in a log
     * @throws ZmtpProtocolException if the reason's length is not that of the rest
     */
    public static String readReason(ByteBuf data) {
        int length = data.isReadable() ? data.readUnsignedByte() : -1;
        if (length != data.readableBytes()) {
            throw new ZmtpProtocolException(
                    MALFORMED_COMMAND, "ERROR with a reason of " + length + " octets in " + data.readableBytes());
        }
        return data.readCharSequence(length, StandardCharsets.ISO_8859_1)
                .toString()
                .replaceAll("[^\\x20-\\x7e]", "?");
    }

    /**
     * What an ERROR command of the peer ends the handshake with.
     *
     * @param data what follows the name; read to its end
     * @return to be thrown: {@link io.zmtpbroker.zmtp.ZmtpViolation#PEER_ERROR} with the peer's reason in quotes, so that in a log it is
     *     not taken for the log's own words
     * @throws ZmtpProtocolException as {@link #readReason}
     */
    public static ZmtpProtocolException peerError(ByteBuf data) {
        return new ZmtpProtocolException(PEER_ERROR, "the peer refused: '" + readReason(data) + "'");
    }

    /**
     * Reads the next command of a handshake, where no message is allowed yet.
     *
     * @param in what has come; its reader index moves behind the command
     * @param limits say how long the command may be; judged by the header alone
     * @return the body, a view of {@code in} that is not retained; null when the command is not all there, and then
     *     nothing is read
     * @throws ZmtpProtocolException if a message comes, or the frame is malformed or too long
     */
    public static @Nullable ByteBuf readHandshakeCommand(ByteBuf in, ZmtpLimits limits) {
        FrameHeader header = new FrameHeader();
        int headerLength = header.read(in, in.readerIndex(), in.readableBytes());
        if (headerLength == 0) {
            return null;
        }
        if (!header.isCommand()) {
            throw new ZmtpProtocolException(MESSAGE_BEFORE_READY, "message before the end of the handshake");
        }
        new MessageBudget(limits).checkCommand(header.bodyLength());
        if (in.readableBytes() - headerLength < header.bodyLength()) {
            return null;
        }
        in.skipBytes(headerLength);
        return in.readSlice((int) header.bodyLength());
    }
}
