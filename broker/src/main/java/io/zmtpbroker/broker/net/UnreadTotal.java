package io.zmtpbroker.broker.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What waits to be sent to all peers of a kind together, those included that have too little waiting for being slow: many of
 * them hold as much memory as few that are. Counting costs an addition; who is closed is only looked for when it is too much.
 * Those that have taken nothing for a while are closed first, the largest first, and only far above the bound others as well,
 * beginning with those that took something longest ago.
 *
 * <p>One message may be longer than the bound, so a peer is not closed for its own message alone.
 *
 * <p>Clients and workers have a total each. Tasks that are open are counted by the queue, too; those whose request has ended
 * meanwhile, for its client has gone or another worker has answered, are counted here only.
 */
final class UnreadTotal {

    /** How long a peer may take nothing while too much waits: a reader that is quick takes something all the time. */
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** The outgoing side of a peer. */
    interface Receiver {

        /** Counts anew what waits, and says when something was taken; returns the octets that wait. */
        long count(long nowNanos);

        /** When it last was seen to have taken something, or to have nothing waiting. */
        long tookNanos();

        /** Too much waits. What waited for it is not counted any more. */
        void closeAsUnread(String reason);
    }

    /** What waits for one, and for how long it has taken nothing. */
    private record Debt(Receiver receiver, long octets, long stillNanos) {

        boolean idle() {
            return stillNanos >= PATIENCE_NANOS;
        }

        /** Of those that are not idle the one goes last to which something has just been sent. */
        long stillIfNotIdle() {
            return idle() ? 0 : stillNanos;
        }
    }

    private static final Comparator<Debt> FIRST_TO_CLOSE = Comparator.comparing(Debt::idle)
            .thenComparing(Debt::stillIfNotIdle)
            .thenComparing(Debt::octets)
            .reversed();

    private final String kind;
    private final long maxOctets;
    private final long boundOctets;
    private long octets;
    private long lookAboveOctets;

    /**
     * Nothing waits yet.
     *
     * @param kind what the peers are called in the log, such as "clients"
     * @param maxOctets half as much more may wait for all
     */
    UnreadTotal(String kind, long maxOctets) {
        this.kind = kind;
        this.maxOctets = maxOctets;
        this.boundOctets = maxOctets + maxOctets / 2;
        this.lookAboveOctets = boundOctets;
    }

    /** So much more waits for somebody, or so much less if negative. */
    void add(long difference) {
        octets += difference;
        if (octets <= boundOctets) {
            lookAboveOctets = boundOctets;
        }
    }

    /** What waits, as far as it has been counted, in octets. */
    long octets() {
        return octets;
    }

    /** Whether {@link #closeUntilItFits} is due. */
    boolean isTooMuch() {
        return octets > lookAboveOctets;
    }

    /** Counts anew, since much may have been taken unseen, and closes peers if it still is too much. */
    void closeUntilItFits(Iterable<? extends Receiver> receivers, long nowNanos) {
        List<Debt> debts = new ArrayList<>();
        long longest = 0;
        for (Receiver receiver : receivers) {
            long waiting = receiver.count(nowNanos);
            if (waiting > 0) {
                debts.add(new Debt(receiver, waiting, nowNanos - receiver.tookNanos()));
                longest = Math.max(longest, waiting);
            }
        }
        if (octets > boundOctets) {
            debts.sort(FIRST_TO_CLOSE);
            close(debts, mostIdleOctets(longest));
        }
        // not with each octet more: looking costs as much as there are connections
        lookAboveOctets = Math.max(boundOctets, octets + maxOctets / 16);
    }

    /**
     * What waits at most when all has been done against it.
     *
     * @param longestOctets what waits for a single peer at most
     */
    long mostOctets(long longestOctets) {
        return mostIdleOctets(longestOctets) + maxOctets / 2 + maxOctets / 16;
    }

    /** Never so little that one is closed for its own message alone. */
    private long mostIdleOctets(long longestOctets) {
        return Math.max(boundOctets, longestOctets + maxOctets / 2);
    }

    private void close(List<Debt> debts, long mostOctets) {
        for (Debt debt : debts) {
            if (octets <= mostOctets || (!debt.idle() && octets <= mostOctets + maxOctets / 2)) {
                return;
            }
            debt.receiver.closeAsUnread("it does not read, and too much waits for all " + kind);
        }
    }
}
