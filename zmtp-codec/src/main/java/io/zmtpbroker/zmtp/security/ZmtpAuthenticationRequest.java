package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.RoutingId;

/**
 * What an authenticator is asked (27/ZAP, "Request Command").
 *
 * @param domain what the endpoint calls the set of its users; empty unless {@link ZmtpAuthenticator#inDomain} sets it
 * @param address the peer's, without its port; empty for one that has none, such as a peer on a Unix socket
 * @param routingId what the peer calls itself; empty where it has not said so yet, as in PLAIN
 * @param credentials what it shows
 */
public record ZmtpAuthenticationRequest(
        String domain, String address, RoutingId routingId, ZmtpCredentials credentials) {
    /**
     * The mechanism of the connection.
     *
     * @return as in the greeting
     */
    public String mechanism() {
        return credentials.mechanism();
    }
}
