package io.zmtpbroker.broker.net;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections whose outgoing side is full, longest first, and what waits for them. They are left in peace as long as they
 * harm nobody. They are closed, longest first, when what waits for all of them is more than the broker may hold, or when the
 * queue is full, since their requests fill it, and they have not read for long: everybody else would starve.
 */
final class SlowPeers {

    /** How long a peer may leave its outgoing side full while the queue is full. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<PeerConnection, Debt> debts = new LinkedHashMap<>();
    private final long maxOctets;
    private long octets;

    /** What waits for a peer, and since when it has been full. */
    private static final class Debt {

        private final long sinceNanos;
        private long octets;

        Debt(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    /**
     * Nobody is slow yet.
     *
     * @param maxOctets what may wait for all of them together
     */
    SlowPeers(long maxOctets) {
        this.maxOctets = maxOctets;
    }

    /** A peer is slow, or is still, and so much waits for it; those that are too much are closed. */
    void update(PeerConnection connection, long waitingOctets, long nowNanos) {
        Debt debt = debts.computeIfAbsent(connection, slow -> new Debt(nowNanos));
        octets += waitingOctets - debt.octets;
        debt.octets = waitingOctets;
        if (octets > maxOctets) {
            closeUntilItFits();
        }
    }

    /** A peer reads again, or has gone. */
    void remove(PeerConnection connection) {
        Debt debt = debts.remove(connection);
        if (debt != null) {
            octets -= debt.octets;
        }
    }

    boolean isEmpty() {
        return debts.isEmpty();
    }

    /** Closes those that have been slow for longer than patience lasts. */
    void closeImpatiently(long nowNanos) {
        List<PeerConnection> closing = new ArrayList<>();
        for (var entry : debts.entrySet()) {
            if (nowNanos - entry.getValue().sinceNanos < PATIENCE_NANOS) {
                break;
            }
            closing.add(entry.getKey());
        }
        close(closing, "it does not read its answers while the queue is full");
    }

    private void closeUntilItFits() {
        List<PeerConnection> closing = new ArrayList<>();
        long left = octets;
        for (var entry : debts.entrySet()) {
            if (left <= maxOctets) {
                break;
            }
            left -= entry.getValue().octets;
            closing.add(entry.getKey());
        }
        close(closing, "it does not read its answers, and too much waits for those that do not");
    }

    private void close(List<PeerConnection> connections, String reason) {
        for (PeerConnection connection : connections) {
            remove(connection);
            connection.closeAsSlow(reason);
        }
    }
}
