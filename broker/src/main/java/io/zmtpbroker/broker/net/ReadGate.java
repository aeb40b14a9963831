package io.zmtpbroker.broker.net;

import io.netty.channel.ChannelConfig;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a connection is read. It is read unless somebody has a reason against it; not reading is the only back-pressure
 * that a ZeroMQ peer can feel.
 */
final class ReadGate {

    /** Why a connection is not read. */
    enum Reason {
        /** The broker holds as many requests as it may. */
        QUEUE_FULL,
        /** The peer does not read what is sent to it. */
        PEER_SLOW
    }

    private final ChannelConfig config;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    ReadGate(ChannelConfig config) {
        this.config = config;
    }

    void close(Reason reason) {
        reasons.add(reason);
        config.setAutoRead(false);
    }

    void open(Reason reason) {
        if (reasons.remove(reason) && reasons.isEmpty()) {
            config.setAutoRead(true);
        }
    }

    boolean isClosed(Reason reason) {
        return reasons.contains(reason);
    }
}
