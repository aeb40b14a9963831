package io.zmtpbroker.broker.access;

import java.util.Locale;

/** How the peers of an endpoint show who they are. */
public enum Mechanism {
    /** Not at all: whoever reaches the endpoint is served. */
    NULL,
    /** By a name and a password, in clear. */
    PLAIN,
    /** By a key pair; what is sent is encrypted. */
    CURVE;

    /** The name on the command line and in queries. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
