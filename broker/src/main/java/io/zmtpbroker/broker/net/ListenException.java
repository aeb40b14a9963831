package io.zmtpbroker.broker.net;

import java.io.IOException;

/** An endpoint could not be bound. The message is for people and says which, and why. */
public final class ListenException extends IOException {

    private static final long serialVersionUID = 1L;

    /** An endpoint that could not be bound, and the system's word on why. */
    public ListenException(EndpointRole role, Endpoint endpoint, Throwable cause) {
        super("cannot listen on " + endpoint.address() + " for " + role.label() + ": " + SystemReason.of(cause), cause);
    }
}
