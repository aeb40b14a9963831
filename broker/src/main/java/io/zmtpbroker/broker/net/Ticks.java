package io.zmtpbroker.broker.net;

import io.netty.channel.EventLoop;
import io.zmtpbroker.broker.dialect.Peer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells those peers that the time passes who want to know: one sweep for all of them, and none while there are none. */
final class Ticks {

    /** Fine enough for heartbeats of a second. */
    static final long INTERVAL_MILLIS = 100;

    private final EventLoop eventLoop;
    private final LongSupplier clock;
    private final Set<Peer> peers = new LinkedHashSet<>();
    private boolean scheduled;

    Ticks(EventLoop eventLoop, LongSupplier clock) {
        this.eventLoop = eventLoop;
        this.clock = clock;
    }

    void add(Peer peer) {
        peers.add(peer);
        schedule();
    }

    void remove(Peer peer) {
        peers.remove(peer);
    }

    private void schedule() {
        if (!scheduled && !peers.isEmpty()) {
            scheduled = true;
            eventLoop.schedule(this::sweep, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        scheduled = false;
        long nowNanos = clock.getAsLong();
        List<Peer> current = new ArrayList<>(peers); // a tick may add peers, and end them
        schedule(); // before anything can fail
        for (Peer peer : current) {
            if (!peer.wantsTicks()) {
                peers.remove(peer);
            } else if (peers.contains(peer)) {
                peer.onTick(nowNanos);
            }
        }
    }
}
