package io.zmtpbroker.broker.net;

/**
 * An endpoint in use.
 *
 * @param role what it is for
 * @param endpoint where it listens, with the real port or path, or where it connects to
 */
public record OpenEndpoint(EndpointRole role, Endpoint endpoint) {

    @Override
    public String toString() {
        String verb = endpoint.options().connect() ? " connecting to " : " listening on ";
        return role.label() + verb + endpoint.address();
    }
}
