package io.zmtpbroker.interop;

import java.util.Locale;
import org.zeromq.SocketType;

/** The worker protocols of the ZeroMQ guide and of the three-endpoint broker, in each way in which workers write them. */
enum WorkerProtocol {
    FETCH_REQ,
    FETCH_DEALER,
    LB_REQ,
    /** As {@link #LB_REQ}, with the octet 1 for READY. */
    LB_OCTET,
    LB_DEALER,
    PIRATE,
    MDP01,
    MDP02,
    REP,
    /** A DEALER that waits for tasks as REP does; the endpoint must say so. */
    DEALER;

    private static final Message NOTHING = Message.of();
    private static final Message DELIMITER = Message.of("");
    private static final Message FETCH = Message.of("requesting task");
    private static final Message READY = Message.of("READY");
    private static final Message READY_OCTET = Message.of("\u0001");

    /** The name in our Python scripts. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it names its service itself. */
    boolean isMajordomo() {
        return this == MDP01 || this == MDP02;
    }

    boolean fetches() {
        return this == FETCH_REQ || this == FETCH_DEALER;
    }

    /** A worker that has said what it says first. */
    GuideWorker open(Peers peers, GuideWorkerPlan plan) {
        return switch (this) {
            case FETCH_REQ -> new FetchingGuideWorker(peers, plan, SocketType.REQ, FETCH);
            case FETCH_DEALER -> new FetchingGuideWorker(peers, plan, SocketType.DEALER, FETCH.behind(DELIMITER));
            case LB_REQ -> new ReplyingGuideWorker(peers, plan, SocketType.REQ, READY, 2);
            case LB_OCTET -> new ReplyingGuideWorker(peers, plan, SocketType.REQ, READY_OCTET, 2);
            case LB_DEALER -> new ReplyingGuideWorker(peers, plan, SocketType.DEALER, READY.behind(DELIMITER), 3);
            case PIRATE -> new PirateGuideWorker(peers, plan);
            case MDP01, MDP02 -> new MajordomoGuideWorker(peers, plan);
            case REP -> new ReplyingGuideWorker(peers, plan, SocketType.REP, NOTHING, 0);
            case DEALER -> new ReplyingGuideWorker(peers, plan, SocketType.DEALER, NOTHING, 2);
        };
    }
}
