package io.zmtpbroker.broker.net;

import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import java.time.Duration;

/**
 * How connections are served.
 *
 * @param transport how sockets are driven
 * @param access who gets in
 * @param limits how much of everything there may be
 * @param heartbeat how dead peers are found
 * @param clientGone what becomes of the requests of a client that has gone
 * @param zmtp20 whether peers may speak ZMTP 2.0, where an endpoint does not say it
 * @param reviveFetch for how long after the start a silent REQ is taken for a worker that waits; zero for not at all
 */
public record NetOptions(
        Transport transport,
        EndpointAccess access,
        NetLimits limits,
        ZmtpHeartbeat heartbeat,
        ClientGone clientGone,
        Zmtp20 zmtp20,
        Duration reviveFetch) {}
