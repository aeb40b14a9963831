package io.zmtpbroker.broker.net;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is held of messages that are not whole, by all connections together, so that peers who begin messages and do not end
 * them cannot take all of the memory.
 *
 * <p>As long as there is plenty, nobody notices. When a longest message might not fit any more, long messages are received one
 * at a time: the others are not read until it is their turn. Turns go round the addresses, and in each to the message that has
 * waited longest. Whoever has the turn must get on, by {@link #MIN_OCTETS_A_WINDOW} in {@link #WINDOW_NANOS} at least, or is closed (in less time
 * where others of its address were closed so); so
 * every message that gets on is received. Whoever stood still before is closed when it comes to that, and if all of this is not enough,
 * the largest holder of the address that holds most. Confined to the dispatch loop.
 */
final class PartialMessages {

    /** How long a peer whose turn it is may stand still. */
    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What must come meanwhile. */
    static final long MIN_OCTETS_A_WINDOW = 1 << 20;

    /** The window is halved so often at most: less than half a second any honest peer may stand still, too. */
    private static final int MAX_SHIFT = 1;

    /** A peer with no more than this is always read: what is short is soon whole. */
    static final long SHORT_OCTETS = 64 << 10;

    private static final String STANDS_STILL =
            "it does not finish a long message, and there is no memory left for those of others";

    /** In the order in which their messages began. */
    private final Map<Holder, Holding> holdings = new LinkedHashMap<>();

    /** Those that are not read, in the order in which they were stopped. */
    private final Set<Holding> paused = new LinkedHashSet<>();

    private final long maxOctets;
    private final long plentyOctets;
    private long octets;
    private long turns;
    private @Nullable Holding turn;
    private long windowBeganNanos;
    private long turnHadOctets;
    private boolean scarce;

    /** A connection, as far as what is held for it goes. */
    interface Holder {
        /** What its address holds. */
        AddressUse address();

        /** Whether something other than a want of memory keeps it from being read. */
        boolean isKeptFromReading();

        /** Reads it no more, or again. */
        void readPartial(boolean read);

        /** Closes it, which need not tell us. */
        void closeAsHolder(String reason);
    }

    private static final class Holding {

        private final Holder holder;
        private long octets;

        /** Of these, what is no message that the peer could end by sending more. */
        private long gathered;

        private long grewNanos;

        Holding(Holder holder) {
            this.holder = holder;
        }

        private boolean isLong() {
            return octets - gathered > SHORT_OCTETS;
        }
    }

    /**
     * Nothing is held.
     *
     * @param maxOctets what may be held at most
     * @param longestOctets what a single message may need
     */
    PartialMessages(long maxOctets, long longestOctets) {
        this.maxOctets = maxOctets;
        // Beside a longest message there must be room for what the others have when they are stopped, which with
        // io_uring
        // is a MiB or two each.
        this.plentyOctets = Math.max(maxOctets / 16, (maxOctets - longestOctets) / 3);
    }

    /** What is held, in octets. */
    long octets() {
        return octets;
    }

    /** Whether {@link #onTick} is to be called soon: several times in a {@link #WINDOW_NANOS}. */
    boolean isScarce() {
        return scarce;
    }

    /**
     * What is held for a connection has changed.
     *
     * @param held all of it, in octets
     * @param gathered of these, what waits for something else than the rest of a message
     */
    void update(Holder holder, long held, long gathered, long nowNanos) {
        Holding holding = holdings.get(holder);
        if (holding != null && isAnother(holding, held)) {
            holder.address().standstills = 0;
            forget(holding, nowNanos);
            holding = null;
        }
        if (holding == null && held > 0) {
            holding = new Holding(holder);
            holdings.put(holder, holding);
        }
        if (holding != null) {
            if (holding == turn && held < holding.octets) {
                turnHadOctets -= holding.octets - held;
            }
            add(holding, held - holding.octets);
            holding.gathered = gathered;
            holding.grewNanos = nowNanos;
            pauseIfLong(holding);
        }
        settle(nowNanos);
    }

    /** Whether a message is whole, and what is held is of another. The same octets may take a little less when they are sorted. */
    private static boolean isAnother(Holding holding, long held) {
        return held < holding.octets && (held <= SHORT_OCTETS || held < holding.octets / 2);
    }

    /** A connection has ended. */
    void gone(Holder holder, long nowNanos) {
        Holding holding = holdings.get(holder);
        if (holding != null) {
            paused.remove(holding); // it is not to be read any more
            forget(holding, nowNanos);
            settle(nowNanos);
        }
    }

    /** Time has passed. */
    void onTick(long nowNanos) {
        if (turn != null) {
            judge(turn, nowNanos);
        }
        settle(nowNanos);
    }

    private void judge(Holding current, long nowNanos) {
        int shift = Math.min(MAX_SHIFT, current.holder.address().standstills);
        if (nowNanos - windowBeganNanos < WINDOW_NANOS >> shift) {
            return;
        }
        if (current.holder.isKeptFromReading()) {
            turn = null;
            pause(current);
        } else if (current.octets - turnHadOctets < MIN_OCTETS_A_WINDOW >> shift) {
            current.holder.address().standstills++;
            close(current, STANDS_STILL, nowNanos);
        } else {
            beginWindow(current, nowNanos);
        }
    }

    private void add(Holding holding, long more) {
        holding.octets += more;
        octets += more;
        holding.holder.address().heldOctets += more;
    }

    private void forget(Holding holding, long nowNanos) {
        holdings.remove(holding.holder);
        add(holding, -holding.octets);
        if (turn == holding) {
            turn = null;
        }
        goOn(holding, nowNanos);
    }

    private void close(Holding holding, String reason, long nowNanos) {
        paused.remove(holding);
        forget(holding, nowNanos);
        holding.holder.closeAsHolder(reason);
    }

    /** Sees to it that there is room for a longest message, or that somebody has the turn. */
    private void settle(long nowNanos) {
        if (octets > plentyOctets && !scarce) {
            beginScarcity(nowNanos);
        }
        while (octets > maxOctets) {
            close(worst(), "it holds memory with messages that are not whole, and there is none left", nowNanos);
        }
        if (octets <= plentyOctets) {
            endScarcity(nowNanos);
        } else if (turn == null) {
            giveTurn(nowNanos);
        }
    }

    private void beginScarcity(long nowNanos) {
        scarce = true;
        for (Holding holding : List.copyOf(holdings.values())) {
            boolean stoodStill = nowNanos - holding.grewNanos >= WINDOW_NANOS && !holding.holder.isKeptFromReading();
            if (holding.isLong() && stoodStill && octets > plentyOctets) {
                close(holding, STANDS_STILL, nowNanos);
            } else {
                pauseIfLong(holding);
            }
        }
    }

    private void endScarcity(long nowNanos) {
        if (scarce) {
            scarce = false;
            turn = null;
            List.copyOf(paused).forEach(holding -> goOn(holding, nowNanos));
        }
    }

    private void pauseIfLong(Holding holding) {
        if (scarce && holding != turn && holding.isLong()) {
            pause(holding);
        }
    }

    private void pause(Holding holding) {
        if (paused.add(holding)) {
            holding.holder.readPartial(false);
        }
    }

    private void goOn(Holding holding, long nowNanos) {
        if (paused.remove(holding)) {
            holding.grewNanos = nowNanos; // it could not before
            holding.holder.readPartial(true);
        }
    }

    /** The largest holder of the address that holds most; the one whose turn it is only when there is no other. */
    private Holding worst() {
        Holding worst = null;
        for (Holding holding : holdings.values()) {
            if (holding != turn && (worst == null || isWorse(holding, worst))) {
                worst = holding;
            }
        }
        return Objects.requireNonNull(worst == null ? turn : worst, "octets that nobody holds");
    }

    private static boolean isWorse(Holding holding, Holding other) {
        AddressUse address = holding.holder.address();
        return address == other.holder.address()
                ? holding.octets >= other.octets
                : address.heldOctets >= other.holder.address().heldOctets;
    }

    private void giveTurn(long nowNanos) {
        Holding next = null;
        for (Holding holding : paused) {
            if (!holding.holder.isKeptFromReading()
                    && (next == null || holding.holder.address().lastTurn < next.holder.address().lastTurn)) {
                next = holding;
            }
        }
        if (next != null) {
            turn = next;
            turns++;
            next.holder.address().lastTurn = turns;
            beginWindow(next, nowNanos);
            goOn(next, nowNanos);
        }
    }

    private void beginWindow(Holding holding, long nowNanos) {
        windowBeganNanos = nowNanos;
        turnHadOctets = holding.octets;
    }
}
