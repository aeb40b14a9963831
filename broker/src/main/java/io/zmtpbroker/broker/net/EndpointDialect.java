package io.zmtpbroker.broker.net;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Which dialect the peers of an endpoint speak. */
public enum EndpointDialect {
    /** Found out for each peer, from its socket type and its first message. */
    AUTO,
    /** Clients that send {@code [envelope..., "", body...]}, whatever the body is. */
    PLAIN,
    /** Workers that fetch, and answer by PUSH. */
    FETCH,
    /** Workers of the guide's load balancing: READY, then replies. */
    LB,
    /** Paranoid Pirate workers (6/PPP). */
    PIRATE,
    /** Majordomo clients or workers (7/MDP, 18/MDP). */
    MAJORDOMO,
    /** REP workers, which are given tasks unasked. */
    REP,
    /** DEALER workers that are given tasks unasked, as REP are. */
    DEALER;

    /** The name in a query. */
    public String label() {
        return EndpointQuery.label(this);
    }

    boolean fits(EndpointRole role) {
        return switch (this) {
            case AUTO, MAJORDOMO -> role != EndpointRole.ANSWERS;
            case PLAIN -> role == EndpointRole.CLIENTS;
            case FETCH, LB, PIRATE, REP, DEALER -> role == EndpointRole.WORKERS;
        };
    }

    /** The names of those that fit a role, for people. */
    static String labelsFor(EndpointRole role) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.fits(role))
                .map(EndpointDialect::label)
                .collect(Collectors.joining(", "));
    }
}
