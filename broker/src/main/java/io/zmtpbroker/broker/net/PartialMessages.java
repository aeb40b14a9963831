package io.zmtpbroker.broker.net;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is held of messages that are not whole, by all connections together, so that peers who begin messages and do not end
 * them cannot take all of the memory.
 *
 * <p>The rule: there is room for one longest message, which is for the peer whose turn it is, and the rest is for what all
 * others have begun. While these take a third of the rest at most, nobody notices. Beyond, memory is scarce: long messages
 * are received in turn, see {@link LongMessageTurns}, and those that stood still before are closed. Should what has begun
 * take more than the rest, the largest holder of the address that holds most is closed, and never the peer whose turn it is.
 * Confined to the dispatch loop.
 */
final class PartialMessages {

    private static final String STANDS_STILL =
            "it does not finish a long message, and there is no memory left for those of others";

    private static final String HOLDS_MOST = "messages that are not whole hold all of the memory for them, and it holds"
            + " most of its address, which holds most of all";

    private static final String LONGER_THAN_MAY_BE = "it holds more memory than a longest message needs";

    /** What a message may occupy beyond its octets: headers, and buffers that are not full. */
    private static final long SPARE_OCTETS = 1 << 20;

    /** In the order in which their messages began. */
    private final Map<Holding.Holder, Holding> holdings = new LinkedHashMap<>();

    private final LongMessageTurns turns = new LongMessageTurns();
    private final long maxOctets;
    private final long plentyOctets;
    private final long turnOctets;
    private long octets;
    private boolean scarce;

    /** Whether somebody may be read, and be closed if nothing comes, who stood still when memory became scarce. */
    private boolean suspectsAreRead;

    private long scarceSinceNanos;

    /**
     * Nothing is held.
     *
     * @param maxOctets what may be held at most
     * @param longestOctets what a single message may have; less than {@code maxOctets}
     */
    PartialMessages(long maxOctets, long longestOctets) {
        this.maxOctets = maxOctets;
        // What peers have when they are stopped comes on top of it: a buffer or four each, with io_uring more.
        this.plentyOctets = (maxOctets - longestOctets) / 3;
        this.turnOctets = longestOctets + longestOctets / 8 + SPARE_OCTETS;
    }

    /** What is held, in octets. */
    long octets() {
        return octets;
    }

    /** Whether {@link #onTick} is to be called every {@link #tickNanos}. */
    boolean isScarce() {
        return scarce;
    }

    /** How often, as things are now. */
    long tickNanos() {
        return turns.tickNanos();
    }

    /**
     * What is held for a connection has changed.
     *
     * @param held all of it, in octets
     * @param gathered of these, what waits for something else than the rest of a message
     */
    void update(Holding.Holder holder, long held, long gathered, long nowNanos) {
        Holding holding = holdings.get(holder);
        if (holding != null && isAnother(holding, held)) {
            turns.goOn(holding, nowNanos);
            forget(holding);
            holding = null;
        }
        if (holding == null && held > 0) {
            holding = new Holding(holder);
            holdings.put(holder, holding);
        }
        if (holding != null) {
            long more = held - holding.octets;
            add(holding, more);
            holding.gathered = gathered;
            holding.changedNanos = nowNanos;
            turns.changed(holding, more, nowNanos);
            if (scarce) {
                stopIfLong(holding);
            }
        }
        settle(nowNanos);
    }

    /** Whether a message is whole, and what is held is of another. The same octets may take a little less when they are sorted. */
    private static boolean isAnother(Holding holding, long held) {
        return held < holding.octets && (held <= Holding.SHORT_OCTETS || held < holding.octets / 2);
    }

    /** A connection has ended. */
    void gone(Holding.Holder holder, long nowNanos) {
        Holding holding = holdings.get(holder);
        if (holding != null) {
            forget(holding);
            settle(nowNanos);
        }
    }

    /** Time has passed. */
    void onTick(long nowNanos) {
        if (suspectsAreRead && nowNanos - scarceSinceNanos >= LongMessageTurns.TICK_NANOS) {
            suspectsAreRead = false;
            closeSuspects();
        }
        Holding still = turns.standingStill(nowNanos);
        if (still != null) {
            close(still, STANDS_STILL);
        }
        settle(nowNanos);
    }

    private void add(Holding holding, long more) {
        holding.octets += more;
        octets += more;
        holding.address().heldOctets += more;
    }

    private void forget(Holding holding) {
        holdings.remove(holding.holder);
        add(holding, -holding.octets);
        turns.forget(holding);
    }

    private void close(Holding holding, String reason) {
        forget(holding);
        holding.holder.closeAsHolder(reason);
    }

    /** Sees to it that there is room for a longest message, or that somebody has the turn. */
    private void settle(long nowNanos) {
        if (octets > plentyOctets && !scarce) {
            beginScarcity(nowNanos);
        }
        while (octets > maxOctets) {
            closeWorst();
        }
        if (octets > plentyOctets) {
            turns.give(nowNanos);
        } else if (scarce) {
            scarce = false;
            turns.end(nowNanos);
        }
    }

    /** Those that stood still are read for a moment more: it may be that it was our own loop that stood still. */
    private void beginScarcity(long nowNanos) {
        scarce = true;
        scarceSinceNanos = nowNanos;
        suspectsAreRead = true;
        for (Holding holding : List.copyOf(holdings.values())) {
            boolean stoodStill = nowNanos - holding.changedNanos >= LongMessageTurns.PATIENCE_NANOS;
            if (!stoodStill || holding.holder.isKeptFromReading()) {
                stopIfLong(holding);
            }
        }
    }

    private void closeSuspects() {
        for (Holding holding : List.copyOf(holdings.values())) {
            if (holding.holder.isKeptFromReading()) {
                stopIfLong(holding);
            } else if (isSuspect(holding) && octets > plentyOctets) {
                close(holding, STANDS_STILL);
            }
        }
    }

    /** All others that are long were stopped. */
    private boolean isSuspect(Holding holding) {
        return holding.isLong() && holding != turns.current() && !turns.isWaiting(holding);
    }

    private void stopIfLong(Holding holding) {
        if (holding.isLong() && holding != turns.current()) {
            turns.stop(holding);
        }
    }

    private void closeWorst() {
        Holding current = turns.current();
        if (current != null && current.octets > turnOctets) {
            close(current, LONGER_THAN_MAY_BE);
            return;
        }
        Holding worst = null;
        for (Holding holding : holdings.values()) {
            if (holding != current && (worst == null || isWorse(holding, worst))) {
                worst = holding;
            }
        }
        close(Objects.requireNonNull(worst == null ? current : worst, "octets that nobody holds"), HOLDS_MOST);
    }

    private boolean isWorse(Holding holding, Holding other) {
        return holding.address() == other.address()
                ? holding.octets >= other.octets
                : begunAt(holding.address()) >= begunAt(other.address());
    }

    /** What an address holds, but for the message that has the turn. */
    private long begunAt(AddressUse address) {
        Holding current = turns.current();
        return address.heldOctets - (current != null && current.address() == address ? current.octets : 0);
    }
}
