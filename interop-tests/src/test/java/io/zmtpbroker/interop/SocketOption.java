package io.zmtpbroker.interop;

/** A socket option that tests set. Truth is 1. */
enum SocketOption {
    IDENTITY("identity"),
    /** Milliseconds for which what could not be sent is kept when the socket closes. */
    LINGER("linger"),
    SEND_HIGH_WATER_MARK("sndhwm"),
    RECEIVE_HIGH_WATER_MARK("rcvhwm"),
    SEND_BUFFER("sndbuf"),
    RECEIVE_BUFFER("rcvbuf"),
    REQ_CORRELATE("req_correlate"),
    REQ_RELAXED("req_relaxed"),
    PROBE_ROUTER("probe_router"),
    /** Milliseconds between two PINGs, and how long the answer to one may take. */
    HEARTBEAT("heartbeat_ivl"),
    /** Milliseconds; where it is not set, as long as the time between two PINGs. */
    HEARTBEAT_TIMEOUT("heartbeat_timeout"),
    /** Milliseconds, announced to the other side. */
    HEARTBEAT_TTL("heartbeat_ttl"),
    PLAIN_USERNAME("plain_username"),
    PLAIN_PASSWORD("plain_password"),
    CURVE_PUBLIC_KEY("curve_publickey"),
    CURVE_SECRET_KEY("curve_secretkey"),
    CURVE_SERVER_KEY("curve_serverkey");

    private final String pythonName;

    SocketOption(String pythonName) {
        this.pythonName = pythonName;
    }

    /** The attribute of a pyzmq socket. */
    String pythonName() {
        return pythonName;
    }
}
