package io.zmtpbroker.broker.net;

import java.util.concurrent.TimeUnit;

/** So many a second in the long run, and a number of them at once after a time of rest. */
final class TokenBucket {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long nanosPerToken;
    private final long capacityNanos;

    /** When it will be full again. */
    private long fullAtNanos;

    /** A full bucket. */
    TokenBucket(int tokensPerSecond, long capacity, long nowNanos) {
        this.nanosPerToken = SECOND_NANOS / tokensPerSecond;
        this.capacityNanos = nanosPerToken * capacity;
        this.fullAtNanos = nowNanos;
    }

    /** Takes a token, if there is one. */
    boolean take(long nowNanos) {
        long from = isFull(nowNanos) ? nowNanos : fullAtNanos;
        if (from + nanosPerToken - nowNanos > capacityNanos) {
            return false;
        }
        fullAtNanos = from + nanosPerToken;
        return true;
    }

    boolean isFull(long nowNanos) {
        return fullAtNanos - nowNanos <= 0;
    }
}
