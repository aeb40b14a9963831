package io.zmtpbroker.zmtp;

/**
 * What the handshake found out about the other end.
 *
 * @param minorVersion 0 or 1: the peer speaks ZMTP 3.0 or 3.1 (later ones count as 3.1); only a peer with 1 may be sent a
 *     PING that it did not ask for
 * @param localType what we told the peer we are
 * @param type what the peer is; when it did not say so, the only kind that {@code localType} can talk to
 * @param routingId the name it gave itself, possibly empty
 * @param metadata all properties as they came, those above included
 */
public record ZmtpPeer(
        int minorVersion, SocketType localType, SocketType type, RoutingId routingId, Metadata metadata) {}
