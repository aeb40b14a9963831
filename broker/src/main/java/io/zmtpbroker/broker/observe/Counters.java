package io.zmtpbroker.broker.observe;

import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.zmtp.ZmtpViolation;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What happened to connections and messages since the start. Confined to the dispatch loop. */
public final class Counters {

    private final Map<ZmtpViolation, Long> violations = new EnumMap<>(ZmtpViolation.class);
    private final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    private long connectionsAccepted;
    private final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    private long connectionsHolding;
    private long handshakesEvicted;
    private long queueFull;
    private long clientQueuesFull;
    private long acceptsFailed;
    private long connectionsFaulty;
    private long connectionsSlow;
    private long connectionsFailed;
    private long connectionsReplaced;
    private long connectionsForbidden;
    private long connectionsRevoked;

    /** A connection was accepted. */
    public void connectionAccepted() {
        connectionsAccepted++;
    }

    /** A connection was closed at once. */
    public void connectionRefused(Refusal reason) {
        refusals.merge(reason, 1L, Long::sum);
    }

    /** A connection was closed since it held most of a memory that is for all, with a message that it did not end or with fetches. */
    public void connectionHolding() {
        connectionsHolding++;
    }

    /** A connection was closed since its handshake lasted and others waited for theirs. */
    public void handshakeEvicted() {
        handshakesEvicted++;
    }

    /** Clients are not read from now on, since as many requests wait and run as may be. */
    public void queueFull() {
        queueFull++;
    }

    /** A client is not read from now on, since as many requests of its own wait and run as may be. */
    public void clientQueueFull() {
        clientQueuesFull++;
    }

    /** A connection could not be accepted: the system has no descriptor for it. */
    public void acceptFailed() {
        acceptsFailed++;
    }

    /** A connection was closed because its peer kept sending messages that had to be dropped. */
    public void connectionFaulty() {
        connectionsFaulty++;
    }

    /** A connection was closed because its peer did not read, and too much waited for it or for all, or the queue was full. */
    public void connectionSlow() {
        connectionsSlow++;
    }

    /** A connection was closed because of an error of the broker's own, such as want of memory. */
    public void connectionFailed() {
        connectionsFailed++;
    }

    /** A connection was closed because a client with the same routing id is on another one. */
    public void connectionReplaced() {
        connectionsReplaced++;
    }

    /** A connection was closed because its peer began to do what its user may not. */
    public void connectionForbidden() {
        connectionsForbidden++;
    }

    /** A connection was closed because its user's credential does not hold any more. */
    public void connectionRevoked() {
        connectionsRevoked++;
    }

    /** A connection was closed because its peer broke the protocol, or is not let in. */
    public void violation(ZmtpViolation violation) {
        violations.merge(violation, 1L, Long::sum);
        if (violation == ZmtpViolation.NOT_PERMITTED) {
            connectionsForbidden++;
        }
    }

    /** A message was dropped. */
    public void dropped(DropReason reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    /** All counters by name, those of reasons as {@code drops.<reason>} and {@code violations.<reason>}. */
    public Map<String, Long> toMap() {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("connections.accepted", connectionsAccepted);
        all.put(
                "connections.refused",
                refusals.values().stream().mapToLong(Long::longValue).sum());
        for (Refusal reason : Refusal.values()) {
            all.put("connections.refused." + reason.label(), refusals.getOrDefault(reason, 0L));
        }
        all.put("connections.accept-failed", acceptsFailed);
        all.put("connections.holding", connectionsHolding);
        all.put("handshakes.evicted", handshakesEvicted);
        all.put("queue.full", queueFull);
        all.put("queue.full-of-client", clientQueuesFull);
        all.put("connections.faulty", connectionsFaulty);
        all.put("connections.slow", connectionsSlow);
        all.put("connections.failed", connectionsFailed);
        all.put("connections.replaced", connectionsReplaced);
        all.put("connections.forbidden", connectionsForbidden);
        all.put("connections.revoked", connectionsRevoked);
        for (ZmtpViolation violation : ZmtpViolation.values()) {
            String label = violation.name().toLowerCase(Locale.ROOT).replace('_', '-');
            all.put("violations." + label, violations.getOrDefault(violation, 0L));
        }
        for (DropReason reason : DropReason.values()) {
            all.put("drops." + reason.label(), drops.getOrDefault(reason, 0L));
        }
        return all;
    }
}
