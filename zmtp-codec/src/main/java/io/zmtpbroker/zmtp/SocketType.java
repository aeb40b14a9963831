package io.zmtpbroker.zmtp;

import java.util.Optional;

/** The kinds of socket that may stand at an end of a connection (37/ZMTP, "Socket Type Property"). */
public enum SocketType {
    /** Exclusive pair. */
    PAIR,
    /** Publisher; takes subscriptions as commands. */
    PUB,
    /** Subscriber. */
    SUB,
    /** Asks, and waits for the answer (28/REQREP). */
    REQ,
    /** Answers one request at a time (28/REQREP). */
    REP,
    /** Asks without waiting (28/REQREP). */
    DEALER,
    /** Talks to each peer by its routing id (28/REQREP). */
    ROUTER,
    /** Takes work (30/PIPELINE). */
    PULL,
    /** Hands out work (30/PIPELINE). */
    PUSH,
    /** Publisher that sees the subscriptions. */
    XPUB,
    /** Subscriber that writes its subscriptions itself. */
    XSUB;

    /**
     * Whether a socket of this type may be connected to one of the type {@code peer}. The relation is symmetric.
     *
     * @param peer what the other end is
     * @return whether the two may exchange messages
     */
    public boolean accepts(SocketType peer) {
        return switch (this) {
            case PAIR -> peer == PAIR;
            case PUB, XPUB -> peer == SUB || peer == XSUB;
            case SUB, XSUB -> peer == PUB || peer == XPUB;
            case REQ -> peer == REP || peer == ROUTER;
            case REP -> peer == REQ || peer == DEALER;
            case DEALER -> peer == REP || peer == DEALER || peer == ROUTER;
            case ROUTER -> peer == REQ || peer == DEALER || peer == ROUTER;
            case PULL -> peer == PUSH;
            case PUSH -> peer == PULL;
        };
    }

    /**
     * The type that a {@code Socket-Type} property names.
     *
     * @param name the value of the property; only the exact upper-case names count, as for libzmq
     * @return the type, empty when the name is no type's
     */
    public static Optional<SocketType> ofName(String name) {
        for (SocketType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
