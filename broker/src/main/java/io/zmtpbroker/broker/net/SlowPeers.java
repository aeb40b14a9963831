package io.zmtpbroker.broker.net;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The clients whose outgoing side is full, longest first, and what waits for them. They are left in peace as long as they harm
 * nobody. When what waits for all of them is more than the broker may hold, those are closed, longest first, for which answers
 * pile up; not one that is just being sent a long answer. And then, or when the queue is full, since their requests fill it,
 * those are closed that have read nothing for a while: everybody else would starve.
 *
 * <p>A client that reads again eases for a second: it is likely to be slow again soon.
 */
final class SlowPeers {

    /** How long a peer may read nothing while it harms others. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** After so long without being slow a client is like any other. */
    static final long EASING_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The connection of a client that is slow, or was. */
    interface SlowPeer {

        /** How many octets the kernel has not taken yet. */
        long waitingOctets();

        /** Too much waits for it, or for too long. It is not slow any more as far as {@link SlowPeers} are concerned. */
        void closeAsSlow(String reason);

        /** It has been read for a while. */
        void recovered();
    }

    private final Map<SlowPeer, Debt> debts = new LinkedHashMap<>();

    /** Those that read again, longest first, and since when. */
    private final Map<SlowPeer, Long> easing = new LinkedHashMap<>();

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
        easing.remove(connection);
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

    /** A client reads again. */
    void eases(SlowPeer connection, long nowNanos) {
        remove(connection);
        easing.put(connection, nowNanos);
    }

    boolean isEasing(SlowPeer connection) {
        return !easing.isEmpty() && easing.containsKey(connection);
    }

    /** A client has gone. */
    void remove(SlowPeer connection) {
        easing.remove(connection);
        Debt debt = debts.remove(connection);
        if (debt != null) {
            octets -= debt.octets;
        }
    }

    /** How long from now {@link #onTick} is due at the latest; or 0, if nobody need be looked at. */
    long tickWithinNanos(boolean queueFull) {
        if (!easing.isEmpty()) {
            return EASING_NANOS;
        }
        return areHarmful(queueFull) ? PATIENCE_NANOS : 0;
    }

    /** Time has passed: some have recovered, and some do harm for longer than patience lasts. */
    void onTick(boolean queueFull, long nowNanos) {
        recover(nowNanos);
        if (areHarmful(queueFull)) {
            closeImpatiently(nowNanos);
        }
    }

    private void recover(long nowNanos) {
        Iterator<Map.Entry<SlowPeer, Long>> all = easing.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<SlowPeer, Long> longest = all.next();
            if (nowNanos - longest.getValue() < EASING_NANOS) {
                return;
            }
            all.remove();
            longest.getKey().recovered();
        }
    }

    private boolean areHarmful(boolean queueFull) {
        return !debts.isEmpty() && (queueFull || octets > maxOctets);
    }

    private void closeImpatiently(long nowNanos) {
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
