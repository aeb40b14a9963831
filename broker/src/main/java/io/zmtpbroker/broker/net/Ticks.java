package io.zmtpbroker.broker.net;

import io.netty.channel.EventLoop;
import io.zmtpbroker.broker.dialect.Peer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells those peers that the time passes who want to know: one sweep for all of them, and none while there are none. */
final class Ticks {

    /** Fine enough for heartbeats of a second. */
    static final long INTERVAL_MILLIS = 100;

    private final EventLoop eventLoop;
    private final LongSupplier clock;

    /** With what is to be done when its tick fails. */
    private final Map<Peer, Consumer<Throwable>> peers = new LinkedHashMap<>();

    private boolean scheduled;

    Ticks(EventLoop eventLoop, LongSupplier clock) {
        this.eventLoop = eventLoop;
        this.clock = clock;
    }

    /**
     * From now on it is told.
     *
     * @param onFailure ends it, when its tick has failed
     */
    void add(Peer peer, Consumer<Throwable> onFailure) {
        peers.put(peer, onFailure);
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
        List<Peer> current = List.copyOf(peers.keySet()); // a tick may add peers, and end them
        schedule(); // before anything can fail
        for (Peer peer : current) {
            Consumer<Throwable> onFailure = peers.get(peer);
            if (onFailure != null) {
                tick(peer, nowNanos, onFailure);
            }
        }
    }

    /** What one of them meets must not end the sweep for the others. */
    private void tick(Peer peer, long nowNanos, Consumer<Throwable> onFailure) {
        try {
            if (peer.wantsTicks()) {
                peer.onTick(nowNanos);
            } else {
                peers.remove(peer);
            }
        } catch (Throwable e) {
            onFailure.accept(e);
        }
    }
}
