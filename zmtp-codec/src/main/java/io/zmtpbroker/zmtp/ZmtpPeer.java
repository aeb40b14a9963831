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
 * @param user who an authenticator says it is; {@link ZmtpUser#ANONYMOUS} where none was asked
 */
public record ZmtpPeer(
        int minorVersion,
        SocketType localType,
        SocketType type,
        RoutingId routingId,
        Metadata metadata,
        ZmtpUser user) {
    /**
     * This peer as somebody else.
     *
     * @param other who it is
     * @return another value
     */
    public ZmtpPeer withUser(ZmtpUser other) {
        return new ZmtpPeer(minorVersion, localType, type, routingId, metadata, other);
    }
}
