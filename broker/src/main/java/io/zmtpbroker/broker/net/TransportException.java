package io.zmtpbroker.broker.net;

/** A transport does not work here, though it is there. */
public final class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TransportException(Transport transport, String reason, Throwable cause) {
        super("the transport " + transport.label() + " does not work here: " + reason, cause);
    }
}
