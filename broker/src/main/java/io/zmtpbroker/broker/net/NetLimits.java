package io.zmtpbroker.broker.net;

import io.zmtpbroker.zmtp.ZmtpLimits;

/**
 * How much of everything there may be.
 *
 * @param zmtp what one peer may send
 * @param maxConnections how many connections may be open at a time, over all endpoints
 */
public record NetLimits(ZmtpLimits zmtp, int maxConnections) {

    /** Checks that there may be a connection at all. */
    public NetLimits {
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections " + maxConnections + " is not positive");
        }
    }
}
