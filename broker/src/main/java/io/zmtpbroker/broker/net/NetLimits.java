package io.zmtpbroker.broker.net;

import io.zmtpbroker.zmtp.ZmtpLimits;

/**
 * How much of everything there may be.
 *
 * @param zmtp what one peer may send
 * @param connections how many may be connected
 * @param memory what may be held for them
 */
public record NetLimits(ZmtpLimits zmtp, ConnectionLimits connections, MemoryLimits memory) {

    /** Checks that a message can be received that may come. */
    public NetLimits {
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
