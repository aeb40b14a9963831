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

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is not positive");
        }
    }
}
