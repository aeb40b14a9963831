package io.zmtpbroker.broker.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections whose outgoing side is full, longest first. What waits for such a peer counts in the queue; when the queue
 * is full because of it, everybody else would starve. So then, and only then, those are closed that have not read for long.
 */
final class SlowPeers {

    /** How long a peer may leave its outgoing side full while the queue is full. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<PeerConnection, Long> blockedSinceNanos = new LinkedHashMap<>();

    void add(PeerConnection connection, long nowNanos) {
        blockedSinceNanos.put(connection, nowNanos);
    }

    void remove(PeerConnection connection) {
        blockedSinceNanos.remove(connection);
    }

    boolean isEmpty() {
        return blockedSinceNanos.isEmpty();
    }

    /** Closes those that have been blocked for longer than patience lasts. */
    void closeImpatiently(long nowNanos) {
        var longestFirst = blockedSinceNanos.entrySet().iterator();
        while (longestFirst.hasNext()) {
            var entry = longestFirst.next();
            if (nowNanos - entry.getValue() < PATIENCE_NANOS) {
                return;
            }
            longestFirst.remove();
            entry.getKey().closeAsSlow();
        }
    }
}
