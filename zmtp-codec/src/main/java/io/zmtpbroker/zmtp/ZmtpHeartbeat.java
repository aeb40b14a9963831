package io.zmtpbroker.zmtp;

import java.time.Duration;

/**
 * How an endpoint sees to it that its peers are still there (37/ZMTP, "Connection Heartbeating"). Only peers that may get a
 * PING are sent one, and only they are judged: those that speak ZMTP 3.1, and those that have sent a PING themselves. For the
 * others there is TCP keepalive.
 *
 * <p>Whatever stands here, PINGs are answered, a TTL that a peer announces is kept, and a peer that is not read is given signs
 * of life.
 *
 * @param interval from one PING to the next; zero for none
 * @param timeout how long a peer may be silent once a PING is due; any octet ends its silence, and so does each one that it
 *     takes while much is being written to it. Time in which we do not read the peer does not count
 * @param ttl announced with each PING: a peer that gets nothing more from us for so long may close. In tenths of a second, and
 *         at most {@link #MAX_TTL}; zero for none
 * @param sparesSlowReaders whether a peer is not judged by its silence when it was sent messages after it was heard. libzmq reads
 *     nothing more, PINGs neither, while the application has not taken as many messages as it may hold: silence then says
 *     little
 */
public record ZmtpHeartbeat(Duration interval, Duration timeout, Duration ttl, boolean sparesSlowReaders) {
    /** The longest TTL that libzmq understands, which multiplies it by 100 in 16 bits: 65.5 s. */
    public static final Duration MAX_TTL = Duration.ofMillis(65_500);

    /** No PINGs. */
    public static final ZmtpHeartbeat OFF = new ZmtpHeartbeat(Duration.ZERO, Duration.ZERO, Duration.ZERO, false);

    /** The longest TTL that we choose ourselves, with some room to the one that is understood. */
    private static final Duration LONGEST_CHOSEN_TTL = Duration.ofSeconds(60);

    private static final Duration FINEST = Duration.ofMillis(100);
    private static final long MILLIS_IN_A_TENTH = 100;

    /**
     * Checks the times against each other.
     *
     * @throws IllegalArgumentException if there are PINGs and a time is below 100 ms, or if a TTL is too long, or not longer than
     *     the interval
     */
    public ZmtpHeartbeat {
        if (interval.isZero()) {
            require(timeout.isZero() && ttl.isZero(), "timeout " + timeout + " and TTL " + ttl + " without PINGs");
        } else {
            require(interval.compareTo(FINEST) >= 0, "interval " + interval + " is below " + FINEST);
            require(timeout.compareTo(FINEST) >= 0, "timeout " + timeout + " is below " + FINEST);
            require(ttl.compareTo(MAX_TTL) <= 0, "TTL " + ttl + " is above " + MAX_TTL);
            require(ttl.isZero() || ttl.compareTo(interval) > 0, "TTL " + ttl + " is not above interval " + interval);
        }
    }

    /**
     * PINGs with a TTL that fits: two intervals and the timeout, at most 60 s, and none where the interval is above 30 s.
     *
     * @param interval from one PING to the next, at least 100 ms
     * @param timeout how long a peer may be silent, at least 100 ms
     * @return other settings
     */
    public static ZmtpHeartbeat every(Duration interval, Duration timeout) {
        Duration two = interval.multipliedBy(2);
        Duration fitting = two.plus(timeout);
        Duration ttl = two.compareTo(LONGEST_CHOSEN_TTL) > 0
                ? Duration.ZERO
                : fitting.compareTo(LONGEST_CHOSEN_TTL) > 0 ? LONGEST_CHOSEN_TTL : fitting;
        return new ZmtpHeartbeat(interval, timeout, ttl, false);
    }

    /**
     * These settings for peers that may be sent more than they read at once.
     *
     * @return other settings
     */
    public ZmtpHeartbeat sparingSlowReaders() {
        return new ZmtpHeartbeat(interval, timeout, ttl, true);
    }

    /**
     * Whether PINGs are sent.
     *
     * @return false for {@link #OFF}
     */
    public boolean isOn() {
        return !interval.isZero();
    }

    /**
     * The TTL as a PING has it.
     *
     * @return tenths of a second, from 0 to 655
     */
    public int ttlTenths() {
        return (int) (ttl.toMillis() / MILLIS_IN_A_TENTH);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
