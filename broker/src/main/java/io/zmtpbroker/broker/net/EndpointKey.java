package io.zmtpbroker.broker.net;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A key of an endpoint's query. */
enum EndpointKey {
    /** Which service clients ask for, or workers serve, where they do not name one themselves. */
    SERVICE,
    /** Which dialect peers speak, where they are not to be asked. */
    DIALECT,
    /** How many tasks a worker that does not ask for them may hold at a time. */
    CREDIT,
    /** What becomes of a second client with the routing id of one that is there. */
    DUPLICATE,
    /** How peers show who they are. */
    MECHANISM,
    /** The broker connects, instead of listening. */
    CONNECT,
    /** The permissions of a socket file. */
    MODE,
    /** Whether peers may speak an older version of ZMTP. */
    LEGACY;

    /** The key as it is written. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it stands there without a value. */
    boolean isFlag() {
        return this == CONNECT;
    }

    /** Whether it means something for a role. */
    boolean fits(EndpointRole role) {
        return switch (this) {
            case SERVICE, DIALECT -> role != EndpointRole.ANSWERS;
            case CREDIT -> role == EndpointRole.WORKERS;
            case DUPLICATE -> role == EndpointRole.CLIENTS;
            case MECHANISM, CONNECT, MODE, LEGACY -> true;
        };
    }

    /**
     * The key that is so written.
     *
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    static EndpointKey of(String label) {
        for (EndpointKey key : values()) {
            if (key.label().equals(label)) {
                return key;
            }
        }
        throw new IllegalArgumentException("'" + label + "' is no option of an endpoint; there are " + allLabels());
    }

    private static String allLabels() {
        return Arrays.stream(values()).map(EndpointKey::label).collect(Collectors.joining(", "));
    }
}
