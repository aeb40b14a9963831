package io.zmtpbroker.broker.net;

/**
 * How many may be connected, and how many may be on their way. An address is one of IPv4, or 64 bits of IPv6; of those who
 * come through Unix sockets it is their user on this machine (not with NIO: then only the totals are for them).
 *
 * @param maxConnections open at a time, over all endpoints
 * @param maxConnectionsPerAddress of these, from one address
 * @param maxHandshakes connections whose handshake is not complete
 * @param maxHandshakesPerAddress of these, from one address
 * @param handshakesPerSecond how many handshakes of PLAIN or CURVE are done for an address in a second, in the long run; ten
 *     seconds' worth at once; 0 for no limit
 */
public record ConnectionLimits(
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxHandshakes,
        int maxHandshakesPerAddress,
        int handshakesPerSecond) {

    /** Checks that there may be a connection at all. */
    public ConnectionLimits {
        requirePositive("maxConnections", maxConnections);
        requirePositive("maxConnectionsPerAddress", maxConnectionsPerAddress);
        requirePositive("maxHandshakes", maxHandshakes);
        requirePositive("maxHandshakesPerAddress", maxHandshakesPerAddress);
        if (handshakesPerSecond < 0) {
            throw new IllegalArgumentException("handshakesPerSecond " + handshakesPerSecond + " is negative");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is not positive");
        }
    }
}
