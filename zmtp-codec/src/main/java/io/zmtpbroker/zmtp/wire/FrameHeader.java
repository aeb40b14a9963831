package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.FRAME_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.RESERVED_FLAGS;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.ZmtpProtocolException;

/**
 * The header of the frame that is being read, in place or octet by octet. It refuses what no frame may have: reserved flags,
 * a command with MORE, an empty command, a size of 2^63 or above. What is too long for a limit is the caller's to judge.
 */
final class FrameHeader {
    private final int reservedFlags;
    private int flags;
    private long bodyLength;

    /** Octets seen by {@link #offer} of a header that is not whole yet. */
    private int seen;

    /** Of a frame of ZMTP 3.x. */
    FrameHeader() {
        this(Frames.RESERVED);
    }

    /** Of a frame that may have no flag of {@code reservedFlags}, which are 37/ZMTP's and perhaps more. */
    FrameHeader(int reservedFlags) {
        this.reservedFlags = reservedFlags;
    }

    /**
     * Reads the header at an index.
     *
     * @param available octets from {@code at} on
     * @return its length, or 0 when it is not all there; then nothing is remembered
     */
    int read(ByteBuf in, int at, int available) {
        if (available < Frames.SHORT_HEADER_LENGTH) {
            return 0;
        }
        flags = in.getByte(at);
        if ((flags & ~Frames.MORE) == 0) { // nearly every frame
            bodyLength = in.getUnsignedByte(at + 1);
            return Frames.SHORT_HEADER_LENGTH;
        }
        checkFlags();
        int length = length();
        if (available < length) {
            return 0;
        }
        bodyLength = length == Frames.SHORT_HEADER_LENGTH ? in.getUnsignedByte(at + 1) : in.getLong(at + 1);
        checkBodyLength();
        return length;
    }

    /**
     * Takes the next octet of a header.
     *
     * @return whether the header is whole; the next octet offered begins another one
     */
    boolean offer(int octet) {
        if (seen == 0) {
            flags = octet & 0xff;
            bodyLength = 0;
            checkFlags();
        } else {
            bodyLength = (bodyLength << 8) | (octet & 0xff);
        }
        seen++;
        if (seen < length()) {
            return false;
        }
        seen = 0;
        checkBodyLength();
        return true;
    }

    /** Whether {@link #offer} has begun a header that is not whole. */
    boolean isBegun() {
        return seen > 0;
    }

    boolean isCommand() {
        return (flags & Frames.COMMAND) != 0;
    }

    boolean hasMore() {
        return (flags & Frames.MORE) != 0;
    }

    /** Whether a message frame has the form in which we write it. */
    boolean isCanonical() {
        return (flags & Frames.LONG) == 0 || bodyLength > Frames.MAX_SHORT_BODY_LENGTH;
    }

    /** Octets of the body, never negative. */
    long bodyLength() {
        return bodyLength;
    }

    private int length() {
        return (flags & Frames.LONG) == 0 ? Frames.SHORT_HEADER_LENGTH : Frames.LONG_HEADER_LENGTH;
    }

    private void checkFlags() {
        if ((flags & reservedFlags) != 0) {
            throw new ZmtpProtocolException(
                    RESERVED_FLAGS, "frame with the flags 0x" + Integer.toHexString(flags & 0xff));
        }
        if ((flags & (Frames.COMMAND | Frames.MORE)) == (Frames.COMMAND | Frames.MORE)) {
            throw new ZmtpProtocolException(MALFORMED_COMMAND, "command with the MORE flag");
        }
    }

    private void checkBodyLength() {
        if (bodyLength < 0) {
            throw new ZmtpProtocolException(
                    FRAME_TOO_LONG, "frame of " + Long.toUnsignedString(bodyLength) + " octets");
        }
        if (bodyLength == 0 && isCommand()) {
            throw new ZmtpProtocolException(MALFORMED_COMMAND, "empty command");
        }
    }
}
