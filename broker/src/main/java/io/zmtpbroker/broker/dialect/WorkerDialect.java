package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.socket.Envelope;
import io.zmtpbroker.zmtp.wire.Frames;
import java.util.Optional;

/**
 * What a peer of a workers' endpoint speaks, told from the first message of a REQ or DEALER.
 *
 * <p>That message may be the reply to a task of before a restart of the broker: with a delimiter in front, of load balancing,
 * without one, of Paranoid Pirate. A reply of Majordomo has its header. So nothing else may begin as a reply does: a fetch
 * whose first frame or envelope has 16 octets, with an empty frame and more behind it, needs an endpoint that says so.
 */
enum WorkerDialect {
    /** Fetches here, answers elsewhere. */
    FETCH,
    /** The guide's load balancing. */
    LOAD_BALANCING,
    /** Paranoid Pirate. */
    PIRATE,
    /** A worker of Majordomo 0.1. */
    MAJORDOMO_WORKER_0_1,
    /** A worker of Majordomo 0.2. */
    MAJORDOMO_WORKER_0_2,
    /** A client of Majordomo 0.1, since both may share an endpoint. */
    MAJORDOMO_CLIENT_0_1,
    /** A client of Majordomo 0.2. */
    MAJORDOMO_CLIENT_0_2,
    /** The packed first frame of the zeromq/majordomo project, which is not 18/MDP; refused. */
    PACKED_MAJORDOMO;

    private static final byte[] PACKED_SIGNATURE = {(byte) 0xaa, (byte) 0xa4};
    private static final int MIN_PACKED_LENGTH = 9;

    /** What the first message of a peer says, or nothing where no dialect begins so. */
    static Optional<WorkerDialect> of(ByteBuf message) {
        int first = message.readerIndex();
        if (PiratePeer.isControl(message) || TaskReply.isAt(message, first)) {
            return Optional.of(PIRATE);
        }
        if (MajordomoWorkerPeer.commandAt(message, MajordomoVersion.V0_2) >= 0) {
            return Optional.of(MAJORDOMO_WORKER_0_2);
        }
        if (MajordomoClientPeer.serviceAt(message, MajordomoVersion.V0_2) >= 0) {
            return Optional.of(MAJORDOMO_CLIENT_0_2);
        }
        if (isPacked(message, first)) {
            return Optional.of(PACKED_MAJORDOMO);
        }
        int body = Envelope.end(message);
        return body < 0 ? Optional.empty() : Optional.of(behindADelimiter(message, body));
    }

    private static WorkerDialect behindADelimiter(ByteBuf message, int body) {
        if (MajordomoWorkerPeer.commandAt(message, MajordomoVersion.V0_1) >= 0) {
            return MAJORDOMO_WORKER_0_1;
        }
        if (MajordomoClientPeer.serviceAt(message, MajordomoVersion.V0_1) >= 0) {
            return MAJORDOMO_CLIENT_0_1;
        }
        boolean loadBalancing = LoadBalancingPeer.isReady(message, body) || TaskReply.isAt(message, body);
        return loadBalancing ? LOAD_BALANCING : FETCH;
    }

    /** Whether those who speak so ask; all others work. */
    boolean isClient() {
        return this == MAJORDOMO_CLIENT_0_1 || this == MAJORDOMO_CLIENT_0_2;
    }

    /** Whether this is a form of 7/MDP or 18/MDP. */
    boolean isMajordomo() {
        return switch (this) {
            case MAJORDOMO_WORKER_0_1, MAJORDOMO_WORKER_0_2, MAJORDOMO_CLIENT_0_1, MAJORDOMO_CLIENT_0_2 -> true;
            case FETCH, LOAD_BALANCING, PIRATE, PACKED_MAJORDOMO -> false;
        };
    }

    private static boolean isPacked(ByteBuf message, int first) {
        if (Frames.bodyLength(message, first) < MIN_PACKED_LENGTH) {
            return false;
        }
        int at = first + Frames.headerLength(message, first);
        return message.getByte(at) == PACKED_SIGNATURE[0] && message.getByte(at + 1) == PACKED_SIGNATURE[1];
    }
}
