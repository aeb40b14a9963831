package io.zmtpbroker.zmtp;

import java.time.Duration;

/**
 * What one connection may ask of us. Every limit on lengths is known to be passed from a header alone, before any octet of
 * a body is waited for or stored.
 *
 * @param maxMessageLength octets of the bodies of all frames of a message together, and so also of one frame
 * @param maxMessageFrames frames in a message; commands between them do not count
 * @param maxHandshakeCommandLength octets of the body of a command, in the handshake and after it
 * @param handshakeTimeout from the connection to the end of the handshake; octets that come do not extend it
 */
public record ZmtpLimits(
        long maxMessageLength, int maxMessageFrames, int maxHandshakeCommandLength, Duration handshakeTimeout) {
    /** 64 MiB a message in at most 1024 frames, 64 KiB a command, 30 s for the handshake. */
    public static final ZmtpLimits DEFAULT = new ZmtpLimits(64L << 20, 1024, 64 << 10, Duration.ofSeconds(30));

    /** The longest header of a frame, in octets. */
    private static final int MAX_HEADER_LENGTH = 9;

    /**
     * Checks the limits against each other.
     *
     * @throws IllegalArgumentException if a limit is not positive, or a message within the limits would not fit the index of
     *     a buffer (2^31-1 octets with its headers)
     */
    public ZmtpLimits {
        require(maxMessageLength > 0, "maxMessageLength", maxMessageLength);
        require(maxMessageFrames > 0, "maxMessageFrames", maxMessageFrames);
        require(maxHandshakeCommandLength > 0, "maxHandshakeCommandLength", maxHandshakeCommandLength);
        require(!handshakeTimeout.isNegative() && !handshakeTimeout.isZero(), "handshakeTimeout", handshakeTimeout);
        long maxHeadersLength = (long) MAX_HEADER_LENGTH * maxMessageFrames;
        if (maxMessageLength > Integer.MAX_VALUE - maxHeadersLength) {
            throw new IllegalArgumentException("a message of " + maxMessageLength + " octets in " + maxMessageFrames
                    + " frames does not fit one buffer");
        }
    }

    /**
     * These limits with another length of messages.
     *
     * @param octets at least 1
     * @return other limits
     */
    public ZmtpLimits withMaxMessageLength(long octets) {
        return new ZmtpLimits(octets, maxMessageFrames, maxHandshakeCommandLength, handshakeTimeout);
    }

    /**
     * These limits with another number of frames.
     *
     * @param frames at least 1
     * @return other limits
     */
    public ZmtpLimits withMaxMessageFrames(int frames) {
        return new ZmtpLimits(maxMessageLength, frames, maxHandshakeCommandLength, handshakeTimeout);
    }

    /**
     * These limits with another length of commands.
     *
     * @param octets at least 1
     * @return other limits
     */
    public ZmtpLimits withMaxHandshakeCommandLength(int octets) {
        return new ZmtpLimits(maxMessageLength, maxMessageFrames, octets, handshakeTimeout);
    }

    /**
     * These limits with another time for the handshake.
     *
     * @param timeout more than zero
     * @return other limits
     */
    public ZmtpLimits withHandshakeTimeout(Duration timeout) {
        return new ZmtpLimits(maxMessageLength, maxMessageFrames, maxHandshakeCommandLength, timeout);
    }

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be positive");
        }
    }
}
