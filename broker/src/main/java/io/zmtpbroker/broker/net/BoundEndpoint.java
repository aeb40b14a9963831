package io.zmtpbroker.broker.net;

/** An endpoint that listens: what it is for, and its address with the real port. */
public record BoundEndpoint(EndpointRole role, Endpoint endpoint) {

    @Override
    public String toString() {
        return role.label() + " listening on " + endpoint;
    }
}
