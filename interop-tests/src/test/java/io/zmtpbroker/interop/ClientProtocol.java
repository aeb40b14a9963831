package io.zmtpbroker.interop;

import java.util.Locale;
import org.zeromq.SocketType;

/** The client protocols of the ZeroMQ guide. */
enum ClientProtocol {
    REQ(SocketType.REQ),
    DEALER(SocketType.DEALER),
    MDP01(SocketType.REQ),
    /** Asynchronous. */
    MDP01_DEALER(SocketType.DEALER),
    MDP02(SocketType.DEALER);

    private static final String REQUEST = "\u0001";
    private static final String PARTIAL = "\u0002";
    private static final String FINAL = "\u0003";

    private final SocketType type;

    ClientProtocol(SocketType type) {
        this.type = type;
    }

    /** The name in our Python scripts. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    SocketType type() {
        return type;
    }

    boolean namesItsService() {
        return this != REQ && this != DEALER;
    }

    Message request(String service, Message body) {
        return body.behind(front(service, REQUEST));
    }

    /** Whether others follow this reply. */
    boolean isPartial(String service, Message reply) {
        return this == MDP02 && isBehind(front(service, PARTIAL), reply);
    }

    /** The body of a reply. */
    Message body(String service, Message reply) {
        Message front = front(service, isPartial(service, reply) ? PARTIAL : FINAL);
        if (!isBehind(front, reply)) {
            throw new AssertionError(reply + " is no reply of " + this);
        }
        return reply.from(front.size());
    }

    private Message front(String service, String command) {
        return switch (this) {
            case REQ -> Message.of();
            case DEALER -> Message.of("");
            case MDP01 -> Message.of("MDPC01", service);
            case MDP01_DEALER -> Message.of("", "MDPC01", service);
            case MDP02 -> Message.of("MDPC02", command, service);
        };
    }

    private static boolean isBehind(Message front, Message reply) {
        return reply.size() > front.size() && reply.until(front.size()).equals(front);
    }
}
