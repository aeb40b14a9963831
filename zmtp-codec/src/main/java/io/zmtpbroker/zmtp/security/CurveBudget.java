package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.FRAME_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.MESSAGE_TOO_LONG;

import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.Frames;
import io.zmtpbroker.zmtp.wire.HeartbeatWire;

/**
 * Counts the octets of boxed frames, the 33 of each box's overhead included, against the limits of a frame and
 * of a message. How many frames a message may have is judged behind, where the frames are in clear.
 */
final class CurveBudget {
    /**
     * A PING or PONG may come between the frames of a message that has used up its limit, and looks like one of its frames
     * until it is opened: so much is always opened.
     */
    private static final int MAX_HEARTBEAT_LENGTH = CurveLayout.MIN_MESSAGE_LENGTH
            + 1
            + CommandWire.PING.length()
            + HeartbeatWire.TTL_LENGTH
            + HeartbeatWire.MAX_CONTEXT_LENGTH;

    private final long maxFrameLength;
    private final long maxLength;
    private long length;

    CurveBudget(ZmtpLimits limits) {
        maxFrameLength = Math.min(limits.maxFrameLength(), limits.maxMessageLength());
        maxLength = limits.maxMessageLength();
    }

    /** Judges a frame by its header, before anything of it is waited for, stored or opened. */
    void judge(long frameLength) {
        if (frameLength > MAX_HEARTBEAT_LENGTH) {
            require(frameLength);
        }
    }

    /** Takes a frame that has been opened into account; {@code flags} are those of the frame in clear. */
    void add(int frameLength, int flags) {
        if ((flags & Frames.COMMAND) != 0) {
            return;
        }
        require(frameLength);
        length = (flags & Frames.MORE) != 0 ? length + frameLength : 0;
    }

    private void require(long frameLength) {
        if (frameLength > maxFrameLength) {
            throw new ZmtpProtocolException(
                    FRAME_TOO_LONG, "boxed frame of " + frameLength + " octets, limit " + maxFrameLength);
        }
        if (frameLength > maxLength - length) {
            throw new ZmtpProtocolException(
                    MESSAGE_TOO_LONG,
                    "boxed message of at least " + (length + frameLength) + " octets, limit " + maxLength);
        }
    }
}
