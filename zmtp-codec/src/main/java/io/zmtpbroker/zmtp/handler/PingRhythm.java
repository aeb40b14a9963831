package io.zmtpbroker.zmtp.handler;

import java.util.concurrent.TimeUnit;

/**
 * How often a peer sends PINGs, as far as it is known, so that it can be given signs of life while it is not read: libzmq takes
 * any frame for one, and gives a peer one interval of its PINGs by default. A peer that was read for a while and has sent none
 * has no shorter interval than that. Pure.
 */
final class PingRhythm {
    /** Two signs of life in each interval are sure to be enough. */
    private static final int PER_INTERVAL = 2;

    private static final long MIN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** As long as nothing is known: an interval that a peer will hardly go below. */
    private static final long FIRST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private long intervalNanos = FIRST_INTERVAL_NANOS;
    private boolean known;
    private long lastPingNanos;

    /** Whether the next PING will have waited for us to read again, so that its time says nothing. */
    private boolean unreadSincePing;

    private long readNanos;

    /** A PING has come. */
    void onPing(long nowNanos) {
        long passedNanos = nowNanos - lastPingNanos;
        if (!known) {
            known = true;
            intervalNanos = FIRST_INTERVAL_NANOS;
        } else if (!unreadSincePing && passedNanos >= MIN_INTERVAL_NANOS) {
            intervalNanos = Math.min(passedNanos, MAX_INTERVAL_NANOS);
        }
        lastPingNanos = nowNanos;
        unreadSincePing = false;
    }

    /** The peer was read for so long. */
    void read(long nanos) {
        if (!known && intervalNanos < MAX_INTERVAL_NANOS) {
            readNanos += nanos;
            intervalNanos = Math.max(FIRST_INTERVAL_NANOS, Math.min(readNanos, MAX_INTERVAL_NANOS));
        }
    }

    /** The peer is not read now. */
    void unread() {
        unreadSincePing = true;
    }

    /** From one sign of life to the next while it is not read. */
    long signNanos() {
        return intervalNanos / PER_INTERVAL;
    }
}
