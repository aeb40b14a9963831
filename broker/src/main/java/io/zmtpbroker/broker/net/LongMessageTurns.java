package io.zmtpbroker.broker.net;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who is read while memory is scarce: one long message at a time. Turns go round the addresses, and within each to the
 * message that has waited longest. Whoever has the turn must get on, by {@link #MIN_OCTETS_A_SECOND}, and is given
 * {@link #PATIENCE_NANOS} to show it; {@link #LEAST_PATIENCE_NANOS} where more than {@link #CROWD} of his address wait. Time
 * for which our own loop is held up is not his. Confined to the dispatch loop.
 */
final class LongMessageTurns {

    /** How often {@link #standingStill} wants to be asked. */
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** An honest peer may stand still for so long, too: a packet was lost. */
    static final long LEAST_PATIENCE_NANOS = PATIENCE_NANOS / 2;

    static final int CROWD = 4;

    static final long MIN_OCTETS_A_SECOND = 1 << 20;

    /** Those that are not read, in the order in which they were stopped. */
    private final Set<Holding> waiting = new LinkedHashSet<>();

    private @Nullable Holding turn;
    private long turns;

    /** What the one whose turn it is had when his time began to run, how much of it is over, and until when it was counted. */
    private long hadOctets;

    private long spentNanos;
    private long countedNanos;

    /** Whose turn it is; null if it is nobody's. */
    @Nullable
    Holding current() {
        return turn;
    }

    boolean isWaiting(Holding holding) {
        return waiting.contains(holding);
    }

    /** Reads it no more until it is its turn. */
    void stop(Holding holding) {
        if (turn == holding) {
            turn = null;
        }
        if (waiting.add(holding)) {
            holding.address().waitingLong++;
            holding.holder.readPartial(false);
        }
    }

    /** It is read, whether or not it is its turn. */
    void goOn(Holding holding, long nowNanos) {
        if (leave(holding)) {
            holding.changedNanos = nowNanos; // it could not before
            holding.holder.readPartial(true);
        }
    }

    /** It is not there any more. */
    void forget(Holding holding) {
        leave(holding);
        if (turn == holding) {
            turn = null;
        }
    }

    private boolean leave(Holding holding) {
        boolean waited = waiting.remove(holding);
        if (waited) {
            holding.address().waitingLong--;
        }
        return waited;
    }

    /** Everybody is read. */
    void end(long nowNanos) {
        turn = null;
        List.copyOf(waiting).forEach(holding -> goOn(holding, nowNanos));
    }

    /** Gives the turn to the next one, if it is nobody's. */
    void give(long nowNanos) {
        Holding next = turn == null ? next() : null;
        if (next == null) {
            return;
        }
        turn = next;
        turns++;
        next.address().lastTurn = turns;
        beginTime(next, nowNanos);
        goOn(next, nowNanos);
    }

    private @Nullable Holding next() {
        Holding next = null;
        for (Holding holding : waiting) {
            if (!holding.holder.isKeptFromReading()
                    && (next == null || holding.address().lastTurn < next.address().lastTurn)) {
                next = holding;
            }
        }
        return next;
    }

    /** What is held of the one whose turn it is has become more, or less where the same octets take less. */
    void changed(Holding holding, long more, long nowNanos) {
        if (holding != turn) {
            return;
        }
        if (more < 0) {
            hadOctets += more;
        } else if (holding.octets - hadOctets >= MIN_OCTETS_A_SECOND * patienceWith(holding) / PATIENCE_NANOS) {
            beginTime(holding, nowNanos);
        }
    }

    /** Who has the turn and does not get on, so that it is to be closed; null if nobody does. */
    @Nullable
    Holding standingStill(long nowNanos) {
        spentNanos += Math.min(nowNanos - countedNanos, 2 * TICK_NANOS); // we read nobody while we are held up
        countedNanos = nowNanos;
        Holding current = turn;
        if (current == null || spentNanos < patienceWith(current)) {
            return null;
        }
        if (current.holder.isKeptFromReading()) {
            stop(current);
            return null;
        }
        return current;
    }

    private static long patienceWith(Holding holding) {
        return holding.address().waitingLong > CROWD ? LEAST_PATIENCE_NANOS : PATIENCE_NANOS;
    }

    private void beginTime(Holding holding, long nowNanos) {
        hadOctets = holding.octets;
        spentNanos = 0;
        countedNanos = nowNanos;
    }
}
