package io.zmtpbroker.zmtp;

import java.time.Duration;

/**
 * What one connection may ask of us. Every limit on lengths is known to be passed from a header alone, before any octet of
 * a body is waited for or stored.
 *
 * @param maxFrameLength octets of the body of one frame; a frame is never longer than a message may be, whatever this says
 * @param maxMessageLength octets of the bodies of all frames of a message together
 * @param maxMessageFrames frames in a message; commands between them do not count
 * @param maxHandshakeCommandLength octets of the body of a command, in the handshake and after it
 * @param maxIgnoredCommandsPerSecond how many commands that mean nothing here may come in a second after the handshake
 * @param handshakeTimeout from the connection to the end of the handshake; octets that come do not extend it
 */
public record ZmtpLimits(
        long maxFrameLength,
        long maxMessageLength,
        int maxMessageFrames,
        int maxHandshakeCommandLength,
        int maxIgnoredCommandsPerSecond,
        Duration handshakeTimeout) {
    /** 64 MiB a message, be it in one frame or in 1024, 64 KiB a command, 100 unknown commands a second, 30 s for the handshake. */
    public static final ZmtpLimits DEFAULT =
            new ZmtpLimits(Long.MAX_VALUE, 64L << 20, 1024, 64 << 10, 100, Duration.ofSeconds(30));

    /** The longest header of a frame, in octets. */
    private static final int MAX_HEADER_LENGTH = 9;

    /**
     * Checks the limits against each other.
     *
     * @throws IllegalArgumentException if a limit is not positive, or a message within the limits would not fit the index of
     *     a buffer (2^31-1 octets with its headers)
     */
    public ZmtpLimits {
        require(maxFrameLength > 0, "maxFrameLength", maxFrameLength);
        require(maxMessageLength > 0, "maxMessageLength", maxMessageLength);
        require(maxMessageFrames > 0, "maxMessageFrames", maxMessageFrames);
        require(maxHandshakeCommandLength > 0, "maxHandshakeCommandLength", maxHandshakeCommandLength);
        require(maxIgnoredCommandsPerSecond > 0, "maxIgnoredCommandsPerSecond", maxIgnoredCommandsPerSecond);
        require(!handshakeTimeout.isNegative() && !handshakeTimeout.isZero(), "handshakeTimeout", handshakeTimeout);
        long maxHeadersLength = (long) MAX_HEADER_LENGTH * maxMessageFrames;
        if (maxMessageLength > Integer.MAX_VALUE - maxHeadersLength) {
            throw new IllegalArgumentException("a message of " + maxMessageLength + " octets in " + maxMessageFrames
                    + " frames does not fit one buffer");
        }
    }

    /**
     * These limits with another length of frames.
     *
     * @param octets at least 1
     * @return other limits
     */
    public ZmtpLimits withMaxFrameLength(long octets) {
        return new ZmtpLimits(
                octets,
                maxMessageLength,
                maxMessageFrames,
                maxHandshakeCommandLength,
                maxIgnoredCommandsPerSecond,
                handshakeTimeout);
    }

    /**
     * These limits with another length of messages.
     *
     * @param octets at least 1
     * @return other limits
     */
    public ZmtpLimits withMaxMessageLength(long octets) {
        return new ZmtpLimits(
                maxFrameLength,
                octets,
                maxMessageFrames,
                maxHandshakeCommandLength,
                maxIgnoredCommandsPerSecond,
                handshakeTimeout);
    }

    /**
     * These limits with another number of frames.
     *
     * @param frames at least 1
     * @return other limits
     */
    public ZmtpLimits withMaxMessageFrames(int frames) {
        return new ZmtpLimits(
                maxFrameLength,
                maxMessageLength,
                frames,
                maxHandshakeCommandLength,
                maxIgnoredCommandsPerSecond,
                handshakeTimeout);
    }

    /**
     * These limits with another length of commands.
     *
     * @param octets at least 1
     * @return other limits
     */
    public ZmtpLimits withMaxHandshakeCommandLength(int octets) {
        return new ZmtpLimits(
                maxFrameLength,
                maxMessageLength,
                maxMessageFrames,
                octets,
                maxIgnoredCommandsPerSecond,
                handshakeTimeout);
    }

    /**
     * These limits with another number of commands that mean nothing.
     *
     * @param commands at least 1
     * @return other limits
     */
    public ZmtpLimits withMaxIgnoredCommandsPerSecond(int commands) {
        return new ZmtpLimits(
                maxFrameLength,
                maxMessageLength,
                maxMessageFrames,
                maxHandshakeCommandLength,
                commands,
                handshakeTimeout);
    }

    /**
     * These limits with another time for the handshake.
     *
     * @param timeout more than zero
     * @return other limits
     */
    public ZmtpLimits withHandshakeTimeout(Duration timeout) {
        return new ZmtpLimits(
                maxFrameLength,
                maxMessageLength,
                maxMessageFrames,
                maxHandshakeCommandLength,
                maxIgnoredCommandsPerSecond,
                timeout);
    }

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be positive");
        }
    }
}
