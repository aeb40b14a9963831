package io.zmtpbroker.broker.net;

import io.zmtpbroker.zmtp.SocketType;
import java.util.Locale;

/** What an endpoint is for: the three of a broker whose workers fetch. */
public enum EndpointRole {
    /** Clients ask here; behaves as ROUTER. */
    CLIENTS(SocketType.ROUTER),
    /** Workers fetch here; behaves as REP. */
    WORKERS(SocketType.REP),
    /** Workers answer here; behaves as PULL. */
    ANSWERS(SocketType.PULL);

    private final SocketType socketType;

    EndpointRole(SocketType socketType) {
        this.socketType = socketType;
    }

    /** The name in messages for people, such as {@code clients}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is announced to every peer. */
    SocketType socketType() {
        return socketType;
    }
}
