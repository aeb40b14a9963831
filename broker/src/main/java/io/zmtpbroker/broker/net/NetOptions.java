package io.zmtpbroker.broker.net;

import io.zmtpbroker.zmtp.ZmtpLimits;
import java.time.Duration;

/**
 * How connections are served.
 *
 * @param transport how sockets are driven
 * @param limits what one peer may send
 * @param maxConnections how many connections may be open at a time, over all endpoints
 * @param clientGone what becomes of the requests of a client that has gone
 * @param reviveFetch for how long after the start a silent REQ is taken for a worker that waits; zero for not at all
 */
public record NetOptions(
        Transport transport, ZmtpLimits limits, int maxConnections, ClientGone clientGone, Duration reviveFetch) {

    /** Checks that there may be a connection at all. */
    public NetOptions {
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections " + maxConnections + " is not positive");
        }
    }
}
