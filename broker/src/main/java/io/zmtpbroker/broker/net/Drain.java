package io.zmtpbroker.broker.net;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The end of a broker, in order: nothing is handed out any more, the attempts that run may end, within a limit; what still
 * waits or runs then gets the failure answer, so that no caller waits for ever; all of it is delivered; and each connection
 * ends with FIN, never with ERROR, which would stop libzmq from ever coming back. Confined to the dispatch loop.
 */
final class Drain {

    /** How long, after the last answer was given, peers may take to read it and to close. */
    static final Duration DELIVERY = Duration.ofSeconds(2);

    private final DispatchLoop loop;
    private final EventLoop eventLoop;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Phase phase = Phase.RUNNING;

    /** How long clients are read once more that were not for want of room. */
    static final Duration LAST_READS = Duration.ofMillis(250);

    private enum Phase {
        /** Attempts that were handed out may still be answered. */
        RUNNING,
        /** Every request has ended; what is written is delivered. */
        DELIVERING,
        /** Every connection is closed. */
        DONE
    }

    Drain(DispatchLoop loop, EventLoop eventLoop) {
        this.loop = loop;
        this.eventLoop = eventLoop;
    }

    /**
     * Begins.
     *
     * @param limit how long attempts that run may take to end
     * @return completes when every connection is closed
     */
    CompletableFuture<Void> begin(Duration limit) {
        loop.dispatcher().stopAssigning();
        eventLoop.schedule(this::deliver, limit.toNanos(), TimeUnit.NANOSECONDS);
        loop.onEndOfTurn(this::check);
        return done;
    }

    private void check() {
        if (phase == Phase.RUNNING && loop.dispatcher().runningCount() == 0) {
            eventLoop.execute(this::deliver); // a turn of its own, whose end writes the failures
        }
        if (phase == Phase.DELIVERING && loop.connections().isEmpty()) {
            phase = Phase.DONE;
            done.complete(null);
        }
    }

    private void deliver() {
        if (phase != Phase.RUNNING) {
            return;
        }
        phase = Phase.DELIVERING;
        boolean unread = loop.isAnybodyUnread();
        loop.dispatcher().failAll(loop.nowNanos());
        if (unread) { // there is room now: what clients have sent meanwhile is read, and fails at once
            eventLoop.schedule(this::leave, LAST_READS.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            leave();
        }
        eventLoop.schedule(this::closeAll, DELIVERY.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void leave() {
        List.copyOf(loop.connections()).forEach(PeerConnection::leave);
    }

    private void closeAll() {
        List.copyOf(loop.connections()).forEach(PeerConnection::close);
        loop.nowNanos(); // a turn, at whose end we look again
    }
}
