package io.zmtpbroker.broker.net;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who is read while memory is scarce: one long message at a time. Turns go round the addresses, and within each to the
 * message that has waited longest. Whoever has the turn must get on, by {@link #MIN_OCTETS_A_SECOND}, and is closed
 * when it has stood still for {@link #PATIENCE_NANOS} of its turns; for {@link #LEAST_PATIENCE_NANOS} where more than
 * {@link #CROWD} of its address wait. Time for which our own loop is held up is not its own.
 *
 * <p>Where many addresses wait, who stands still must give the turn to the next one sooner, and has another when all
 * others had theirs: so if all stand still every address is tried within {@link #ROUND_NANOS}, or, where more than 500
 * addresses wait, {@link #LEAST_TRIAL_NANOS} for each, and nobody is closed the sooner. A trial may be short, for an
 * honest peer that was stopped has octets in the kernel, which are read at once; each time that it gets on it is given
 * twice the time. Who gets on keeps the turn until his message is whole, and all others wait for that. Confined to the
 * dispatch loop.
 */
final class LongMessageTurns {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How often {@link #standingStill} wants to be asked, at least. */
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** An honest peer may stand still for so long, too: a packet was lost. */
    static final long LEAST_PATIENCE_NANOS = PATIENCE_NANOS / 2;

    static final int CROWD = 4;

    /** In which every address that waits is tried, if all stand still. */
    static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Two ticks at least, so within it the loop has read what there is. */
    static final long LEAST_TRIAL_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    static final long MIN_OCTETS_A_SECOND = 1 << 20;

    /** Those that are not read, in the order in which they were stopped. */
    private final Set<Holding> waiting = new LinkedHashSet<>();

    private @Nullable Holding turn;
    private long turns;

    /** How many addresses somebody of waits. */
    private int waitingAddresses;

    /** How long the one whose turn it is may stand still before it is the turn of the next one. */
    private long trialNanos;

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
            AddressUse address = holding.address();
            address.waitingLong++;
            if (address.waitingLong == 1) {
                waitingAddresses++;
                address.lastTurn = Math.max(address.lastTurn, turns - 1); // who hangs up and comes again gains nothing
            }
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
            waitingAddresses -= holding.address().waitingLong == 0 ? 1 : 0;
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
        trialNanos = Math.max(LEAST_TRIAL_NANOS, ROUND_NANOS / waitingAddresses);
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
        } else if (holding.octets - hadOctets >= MIN_OCTETS_A_SECOND * trialOf(holding) / SECOND_NANOS) {
            holding.stoodStillNanos = Math.max(0, holding.stoodStillNanos - trialOf(holding));
            trialNanos = 2 * trialOf(holding);
            beginTime(holding, nowNanos);
        }
    }

    /** How often {@link #standingStill} wants to be asked now. */
    long tickNanos() {
        return turn == null ? TICK_NANOS : Math.min(TICK_NANOS, trialOf(turn) / 2);
    }

    /** Who has the turn and has stood still for too long, so that it is to be closed; null if nobody has. */
    @Nullable
    Holding standingStill(long nowNanos) {
        Holding current = turn;
        if (current == null) {
            return null;
        }
        // we read nobody while we are held up
        spentNanos += Math.min(nowNanos - countedNanos, Math.min(2 * TICK_NANOS, trialOf(current) / 2));
        countedNanos = nowNanos;
        if (spentNanos < trialOf(current)) {
            return null;
        }
        if (!current.holder.isKeptFromReading()) {
            current.stoodStillNanos += spentNanos;
            if (current.stoodStillNanos >= patienceWith(current)) {
                return current;
            }
        }
        stop(current);
        return null;
    }

    /** Not longer than patience lasts. */
    private long trialOf(Holding holding) {
        return Math.min(trialNanos, patienceWith(holding));
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
