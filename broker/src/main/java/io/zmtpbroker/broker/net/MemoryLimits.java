package io.zmtpbroker.broker.net;

/**
 * How many octets may be held for peers, beside the requests that the dispatcher counts.
 *
 * @param maxClientOctets requests of one connection that wait or run; beyond it that client is not read
 * @param maxPartialOctets what has come and is not whole or not taken yet, of all connections together
 * @param maxOutgoingOctets what waits to be sent on one connection; it is never less than a message may be long
 */
public record MemoryLimits(long maxClientOctets, long maxPartialOctets, long maxOutgoingOctets) {

    /** Checks that there may be something. */
    public MemoryLimits {
        requirePositive("maxClientOctets", maxClientOctets);
        requirePositive("maxPartialOctets", maxPartialOctets);
        requirePositive("maxOutgoingOctets", maxOutgoingOctets);
    }

    /**
     * How long a message may be, in octets, so that it can be received beside what others have begun: three quarters of what
     * may be held of messages that are not whole.
     */
    public static long longestMessage(long maxPartialOctets) {
        return maxPartialOctets / 4 * 3;
    }

    /** What must be held at least so that a message of so many octets can be received. */
    public static long partialOctetsFor(long messageOctets) {
        return (messageOctets + 2) / 3 * 4;
    }

    /**
     * What may be kept of the envelopes of open fetches, of all connections together, in octets: a part of its own, of the heap,
     * for they wait as long as there is no work, and whole messages have to come beside them.
     */
    long envelopeOctets() {
        return maxPartialOctets / 8;
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is not positive");
        }
    }
}
