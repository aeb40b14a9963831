package io.zmtpbroker.broker.net;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The clients whose outgoing side is full, longest first, and what waits for them. They are left in peace as long as they harm
 * nobody. When what waits for all of them is more than the broker may hold, those are closed, longest first, for which answers
 * pile up; not one that is just being sent a long answer. And then, or when the queue is full, since their requests fill it,
 * those are closed that have read nothing for a while: everybody else would starve.
 */
final class SlowPeers {

    /** How long a peer may read nothing while it harms others. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The connection of a client that is slow. */
    interface SlowPeer {

        /** How many octets the kernel has not taken yet. */
        long waitingOctets();

        /** Too much waits for it, or for too long. It is removed. */
        void closeAsSlow(String reason);
    }

    private final Map<SlowPeer, Debt> debts = new LinkedHashMap<>();
    private final long maxOctets;
    private long octets;

    /** What waits for a peer. */
    private static final class Debt {

        private long octets;

        /** Whether more came when it was slow already. */
        private boolean pilesUp;

        /** When it last was seen to have read. */
        private long readNanos;

        Debt(long octets, long nowNanos) {
            this.octets = octets;
            this.readNanos = nowNanos;
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

    /** A client is slow, or is still, and so much waits for it; those that are too much are closed. */
    void update(SlowPeer connection, long waitingOctets, long nowNanos) {
        Debt debt = debts.get(connection);
        if (debt == null) {
            debts.put(connection, new Debt(waitingOctets, nowNanos));
            octets += waitingOctets;
        } else {
            note(debt, waitingOctets, nowNanos);
        }
        if (octets > maxOctets) {
            closeUntilItFits();
        }
    }

    private void note(Debt debt, long waitingOctets, long nowNanos) {
        if (waitingOctets > debt.octets) {
            debt.pilesUp = true;
        } else if (waitingOctets < debt.octets) {
            debt.readNanos = nowNanos;
        }
        octets += waitingOctets - debt.octets;
        debt.octets = waitingOctets;
    }

    /** A peer reads again, or has gone. */
    void remove(SlowPeer connection) {
        Debt debt = debts.remove(connection);
        if (debt != null) {
            octets -= debt.octets;
        }
    }

    /** Whether somebody must be looked at again before {@link #PATIENCE_NANOS} are over. */
    boolean areHarmful(boolean queueFull) {
        return !debts.isEmpty() && (queueFull || octets > maxOctets);
    }

    /** Closes those that have read nothing for longer than patience lasts. */
    void closeImpatiently(long nowNanos) {
        List<SlowPeer> closing = new ArrayList<>();
        debts.forEach((connection, debt) -> {
            note(debt, connection.waitingOctets(), nowNanos);
            if (nowNanos - debt.readNanos >= PATIENCE_NANOS) {
                closing.add(connection);
            }
        });
        close(closing, "it does not read its answers, which keeps others from being served");
    }

    private void closeUntilItFits() {
        List<SlowPeer> closing = new ArrayList<>();
        long left = octets;
        for (var entry : debts.entrySet()) {
            if (left <= maxOctets) {
                break;
            }
            if (entry.getValue().pilesUp) {
                left -= entry.getValue().octets;
                closing.add(entry.getKey());
            }
        }
        close(closing, "it does not read its answers, and too much waits for those that do not");
    }

    private void close(List<SlowPeer> connections, String reason) {
        for (SlowPeer connection : connections) {
            remove(connection);
            connection.closeAsSlow(reason);
        }
    }
}
