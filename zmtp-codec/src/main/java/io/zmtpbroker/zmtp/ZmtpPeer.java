package io.zmtpbroker.zmtp;

/**
 * What the handshake found out about the other end.
 *
 * @param version what the peer speaks; later versions count as 3.1. Only a peer of 3.1 may be sent a PING that it did not ask
 *     for, and one of 2.0 no command at all
 * @param localType what we told the peer we are
 * @param type what the peer is; when it did not say so, the only kind that {@code localType} can talk to
 * @param routingId the name it gave itself, possibly empty
 * @param metadata all properties as they came, those above included; empty for ZMTP 2.0, which has none
 * @param user who an authenticator says it is; {@link ZmtpUser#ANONYMOUS} where none was asked
 */
public record ZmtpPeer(
        ZmtpVersion version,
        SocketType localType,
        SocketType type,
        RoutingId routingId,
        Metadata metadata,
        ZmtpUser user) {
    /**
     * The minor version of {@link #version()}.
     *
     * @return 0 for ZMTP 2.0 and 3.0, 1 for 3.1
     */
    public int minorVersion() {
        return version.minor();
    }
}
