package io.zmtpbroker.broker.net;

import io.zmtpbroker.zmtp.ZmtpLimits;
import java.time.Duration;

/**
 * How much of everything there may be.
 *
 * @param zmtp what one peer may send
 * @param connections how many may be connected
 * @param memory what may be held for them
 * @param acceptPause from an attempt to accept that failed, as when no descriptors are left, to the next one
 */
public record NetLimits(ZmtpLimits zmtp, ConnectionLimits connections, MemoryLimits memory, Duration acceptPause) {

    /** With less, attempts that fail would take much of the processor. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    /** Checks that a message can be received that may come, and that nothing spins. */
    public NetLimits {
        if (acceptPause.compareTo(SHORTEST_PAUSE) < 0) {
            throw new IllegalArgumentException("--accept-pause must be at least " + SHORTEST_PAUSE.toMillis() + " ms");
        }
        long longest = MemoryLimits.longestMessage(memory.maxPartialOctets());
        if (zmtp.maxMessageLength() > longest) {
            throw new IllegalArgumentException("--max-message-bytes " + zmtp.maxMessageLength()
                    + " needs --max-partial-bytes of " + MemoryLimits.partialOctetsFor(zmtp.maxMessageLength())
                    + " or more, and not " + memory.maxPartialOctets() + ": messages of up to " + longest + " fit");
        }
    }

    /** How much may be held of what is not whole, beside one longest message. */
    long roomOctets() {
        return memory.maxPartialOctets() - zmtp.maxMessageLength();
    }
}
