package io.zmtpbroker.broker.net;

import java.util.Locale;

/** What an endpoint is for. */
public enum EndpointRole {
    /** Clients ask here. */
    CLIENTS,
    /** Workers fetch here, or are given tasks; those that fetch may answer here, too. */
    WORKERS,
    /** Workers that fetch answer here. */
    ANSWERS;

    /** The name in messages for people, such as {@code clients}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
