package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.COMMAND_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.FRAME_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.MESSAGE_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.TOO_MANY_FRAMES;

import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;

/** Counts the frames of one message, and the octets that their headers announce, against the limits. */
final class MessageBudget {
    private final long maxFrameLength;
    private final long maxLength;
    private final int maxFrames;
    private final int maxCommandLength;
    private long length;
    private int frames;

    MessageBudget(ZmtpLimits limits) {
        maxFrameLength = Math.min(limits.maxFrameLength(), limits.maxMessageLength());
        maxLength = limits.maxMessageLength();
        maxFrames = limits.maxMessageFrames();
        maxCommandLength = limits.maxHandshakeCommandLength();
    }

    /** Takes the frame that a header announces into account; {@code bodyLength} is not negative. */
    void addFrame(long bodyLength) {
        if (bodyLength > maxFrameLength || bodyLength > maxLength - length) {
            throw tooLong(bodyLength);
        }
        if (frames == maxFrames) {
            throw new ZmtpProtocolException(TOO_MANY_FRAMES, "message of more than " + maxFrames + " frames");
        }
        length += bodyLength;
        frames++;
    }

    /** Judges a command that a header announces; it takes nothing from a message. */
    void checkCommand(long bodyLength) {
        if (bodyLength > maxCommandLength) {
            throw new ZmtpProtocolException(
                    COMMAND_TOO_LONG, "command of " + bodyLength + " octets, limit " + maxCommandLength);
        }
    }

    /** Begins the next message. */
    void reset() {
        length = 0;
        frames = 0;
    }

    private ZmtpProtocolException tooLong(long bodyLength) {
        if (bodyLength > maxFrameLength) {
            return new ZmtpProtocolException(
                    FRAME_TOO_LONG, "frame of " + bodyLength + " octets, limit " + maxFrameLength);
        }
        return new ZmtpProtocolException(
                MESSAGE_TOO_LONG, "message of at least " + (length + bodyLength) + " octets, limit " + maxLength);
    }
}
