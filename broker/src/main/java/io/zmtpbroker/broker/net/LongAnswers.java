package io.zmtpbroker.broker.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The clients that were sent long answers lately: more of them may be on their way than the broker has room for, if the
 * client turns out to be slow. So of such a client no more requests are out than fit in half of that room, if their answers are
 * as long as the longest of late.
 */
final class LongAnswers {

    /**
     * From where on an answer is long, in octets: it takes more than one turn to come in, and meanwhile a worker that answers
     * elsewhere may ask for more.
     */
    static final int OCTETS = ReadPortion.OCTETS + 1;

    /** After so long without a long answer a client is like any other. */
    static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Who is sent long answers. */
    interface Receiver {

        /** It was sent none for a while. It is forgotten, unless it is seen again in this call. */
        void noLongAnswers();
    }

    /** Least lately first. */
    private final Map<Receiver, Long> seenNanos = new LinkedHashMap<>();

    private final long roomOctets;

    /**
     * Nobody was sent any yet.
     *
     * @param roomOctets what may wait for clients that are slow
     */
    LongAnswers(long roomOctets) {
        this.roomOctets = roomOctets;
    }

    /** How many answers may be on their way to one client if they are of so many octets; at least 1. */
    int maxOut(int octets) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, roomOctets / 2 / octets));
    }

    /** A client has been sent long answers, or still takes them. */
    void seen(Receiver receiver, long nowNanos) {
        seenNanos.remove(receiver);
        seenNanos.put(receiver, nowNanos);
    }

    void remove(Receiver receiver) {
        seenNanos.remove(receiver);
    }

    boolean isEmpty() {
        return seenNanos.isEmpty();
    }

    /** When {@link #onTick} is due; there must be somebody. */
    long nextNanos() {
        return seenNanos.values().iterator().next() + MEMORY_NANOS;
    }

    /** Time has passed. */
    void onTick(long nowNanos) {
        while (!seenNanos.isEmpty() && nowNanos - nextNanos() >= 0) {
            Receiver next = seenNanos.keySet().iterator().next();
            seenNanos.remove(next);
            next.noLongAnswers();
        }
    }
}
