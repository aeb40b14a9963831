package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;

/**
 * Frames as they lie in a buffer, without an object for each: {@code flags(1) size(1, or 8 big endian) body(size)} (37/ZMTP,
 * "Framing"). All readers take the index of a frame's first octet and expect a frame that {@link MessageDecoder} has let
 * through, wholly in the buffer; no index of the buffer moves.
 */
public final class Frames {
    /** The flag that says that another frame of the same message follows. */
    public static final int MORE = 1;

    /** The flag of a size in 8 octets. */
    public static final int LONG = 2;

    /** The flag of a command. */
    public static final int COMMAND = 4;

    /** The flags that must be zero. */
    public static final int RESERVED = 0xf8;

    /** Octets of the header of a body of up to {@link #MAX_SHORT_BODY_LENGTH} octets. */
    public static final int SHORT_HEADER_LENGTH = 2;

    /** Octets of the header of a longer body, and so of any header. */
    public static final int LONG_HEADER_LENGTH = 9;

    /** The longest body that the short form takes, in octets. */
    public static final int MAX_SHORT_BODY_LENGTH = 255;

    /** Octets of an empty frame: {@code 01 00} with MORE (the delimiter of 28/REQREP), {@code 00 00} without. */
    public static final int EMPTY_LENGTH = 2;

    private static final int EMPTY_MORE = 0x0100;
    private static final int EMPTY_LAST = 0x0000;

    private Frames() {}

    /**
     * Whether another frame of the message follows this one.
     *
     * @param in holds the frame
     * @param at index of its first octet
     * @return its MORE flag
     */
    public static boolean hasMore(ByteBuf in, int at) {
        return (in.getByte(at) & MORE) != 0;
    }

    /**
     * The length of the header.
     *
     * @param in holds the frame
     * @param at index of its first octet
     * @return 2 or 9 octets
     */
    public static int headerLength(ByteBuf in, int at) {
        return (in.getByte(at) & LONG) == 0 ? SHORT_HEADER_LENGTH : LONG_HEADER_LENGTH;
    }

    /**
     * The length of the body.
     *
     * @param in holds the frame
     * @param at index of its first octet
     * @return 0 or more octets
     */
    public static int bodyLength(ByteBuf in, int at) {
        return (in.getByte(at) & LONG) == 0 ? in.getUnsignedByte(at + 1) : (int) in.getLong(at + 1);
    }

    /**
     * Where the body begins.
     *
     * @param in holds the frame
     * @param at index of its first octet
     * @return index of the first octet of the body
     */
    public static int bodyIndex(ByteBuf in, int at) {
        return at + headerLength(in, at);
    }

    /**
     * Where the frame ends.
     *
     * @param in holds the frame
     * @param at index of its first octet
     * @return index of the first octet behind it
     */
    public static int next(ByteBuf in, int at) {
        return bodyIndex(in, at) + bodyLength(in, at);
    }

    /**
     * Whether this is {@code 01 00}, the empty frame that ends an envelope (28/REQREP).
     *
     * @param in holds the frame
     * @param at index of its first octet
     * @return true for an empty frame with more behind it
     */
    public static boolean isEmptyMore(ByteBuf in, int at) {
        return in.getUnsignedShort(at) == EMPTY_MORE;
    }

    /**
     * The octets that a frame takes in canonical form.
     *
     * @param bodyLength octets of its body
     * @return octets with the header
     */
    public static int encodedLength(int bodyLength) {
        return bodyLength + (bodyLength <= MAX_SHORT_BODY_LENGTH ? SHORT_HEADER_LENGTH : LONG_HEADER_LENGTH);
    }

    /**
     * Writes the header of a message frame in canonical form; the body is to follow.
     *
     * @param out grows by 2 or 9 octets
     * @param more whether another frame of the message follows
     * @param bodyLength octets, 0 or more
     */
    public static void writeHeader(ByteBuf out, boolean more, int bodyLength) {
        int flags = more ? MORE : 0;
        if (bodyLength <= MAX_SHORT_BODY_LENGTH) {
            out.writeShort((flags << 8) | bodyLength);
        } else {
            out.writeByte(flags | LONG).writeLong(bodyLength);
        }
    }

    /**
     * Writes a frame of a message.
     *
     * @param out grows by the frame
     * @param more whether another frame of the message follows
     * @param body copied
     */
    public static void write(ByteBuf out, boolean more, byte[] body) {
        writeHeader(out, more, body.length);
        out.writeBytes(body);
    }

    /**
     * Writes a frame of a message.
     *
     * @param out grows by the frame
     * @param more whether another frame of the message follows
     * @param body its readable octets are copied; its indices stay, and the caller keeps it
     */
    public static void write(ByteBuf out, boolean more, ByteBuf body) {
        int length = body.readableBytes();
        writeHeader(out, more, length);
        out.writeBytes(body, body.readerIndex(), length);
    }

    /**
     * Writes {@code 01 00}, the delimiter of an envelope (28/REQREP).
     *
     * @param out grows by {@link #EMPTY_LENGTH}
     */
    public static void writeEmptyMore(ByteBuf out) {
        out.writeShort(EMPTY_MORE);
    }

    /**
     * Writes {@code 00 00}, an empty last frame.
     *
     * @param out grows by {@link #EMPTY_LENGTH}
     */
    public static void writeEmptyLast(ByteBuf out) {
        out.writeShort(EMPTY_LAST);
    }
}
