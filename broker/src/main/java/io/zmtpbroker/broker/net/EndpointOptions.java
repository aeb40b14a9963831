package io.zmtpbroker.broker.net;

import io.zmtpbroker.broker.access.Mechanism;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the peers of an endpoint are served: what its query says, with the defaults for what it does not. Immutable.
 *
 * <p>A further option is a constant of {@link EndpointKey}, and a field and an accessor here.
 */
public final class EndpointOptions {

    /** Those of an endpoint without a query. */
    public static final EndpointOptions DEFAULT = parse("");

    private final EndpointQuery query;
    private final String service;
    private final EndpointDialect dialect;
    private final int credit;
    private final EndpointDuplicate duplicate;
    private final Optional<Mechanism> mechanism;
    private final boolean connect;
    private final OptionalInt mode;
    private final Zmtp20 legacy;

    private EndpointOptions(EndpointQuery query) {
        this.query = query;
        service = query.text(EndpointKey.SERVICE, "");
        dialect = query.choice(EndpointKey.DIALECT, EndpointDialect.AUTO);
        credit = query.count(EndpointKey.CREDIT, 1);
        duplicate = query.choice(EndpointKey.DUPLICATE, EndpointDuplicate.HANDOVER);
        mechanism = query.choiceIfAny(EndpointKey.MECHANISM, Mechanism.class);
        connect = query.flag(EndpointKey.CONNECT);
        mode = query.permissions(EndpointKey.MODE);
        legacy = Zmtp20.ofLabel(query.text(EndpointKey.LEGACY, "auto"));
    }

    /**
     * Reads a query, such as {@code service=echo&dialect=rep&connect}.
     *
     * @param query what follows the question mark
     * @throws IllegalArgumentException whose message says what is wrong, for a user to read
     */
    public static EndpointOptions parse(String query) {
        return new EndpointOptions(EndpointQuery.parse(query));
    }

    /** The service of peers that name none; empty for the common one. */
    public String service() {
        return service;
    }

    /** What the peers speak. */
    public EndpointDialect dialect() {
        return dialect;
    }

    /** How many tasks a REP worker, or a DEALER used like one, may hold at a time. */
    public int credit() {
        return credit;
    }

    /** What becomes of a second client with the same routing id. */
    public EndpointDuplicate duplicate() {
        return duplicate;
    }

    /** How peers show who they are; empty for what holds for all endpoints. */
    public Optional<Mechanism> mechanism() {
        return mechanism;
    }

    /** Whether the broker connects, instead of listening. */
    public boolean connect() {
        return connect;
    }

    /** The permission bits of a socket file; empty for what the umask leaves. */
    public OptionalInt mode() {
        return mode;
    }

    /** Whether peers may speak ZMTP 2.0. */
    public Zmtp20 legacy() {
        return legacy;
    }

    /**
     * Checks that everything means something for a role.
     *
     * @throws IllegalArgumentException naming what does not
     */
    void checkFit(EndpointRole role) {
        for (EndpointKey key : query.keys()) {
            if (!key.fits(role)) {
                throw new IllegalArgumentException(key.label() + " means nothing for " + role.label());
            }
        }
        if (!query.keys().contains(EndpointKey.DIALECT)) {
            return;
        }
        if (!dialect.fits(role)) {
            throw new IllegalArgumentException("dialect '" + dialect.label() + "' does not fit " + role.label()
                    + ", which may have " + EndpointDialect.labelsFor(role));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointOptions that && query.equals(that.query);
    }

    @Override
    public int hashCode() {
        return query.hashCode();
    }

    /** The query, without a question mark; empty where everything has its default. */
    @Override
    public String toString() {
        return query.toString();
    }
}
