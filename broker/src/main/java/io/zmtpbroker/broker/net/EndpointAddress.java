package io.zmtpbroker.broker.net;

/** Where an endpoint is, without how it is served; printed as ZeroMQ writes it. */
public sealed interface EndpointAddress permits TcpAddress, IpcAddress {

    /** Whether it is one place, and not a choice that is made when we listen; only then one can connect to it. */
    boolean isDefinite();
}
