package io.zmtpbroker.broker.net;

import org.jspecify.annotations.Nullable;

/**
 * The answers of one connection that belong to no open request. A correct worker sends some: they come late, or twice. A flood of
 * them costs all others time, and nothing else would end it.
 */
final class UnknownAnswers {

    /** In the long run; as many may come at once after a time of rest. */
    static final int MAX_PER_SECOND = 10_000;

    /** Null before the first one: most connections never send any. */
    private @Nullable TokenBucket bucket;

    /** One more has come; returns whether it is one too many. */
    boolean isOneTooMany(long nowNanos) {
        if (bucket == null) {
            bucket = new TokenBucket(MAX_PER_SECOND, MAX_PER_SECOND, nowNanos);
        }
        return !bucket.take(nowNanos);
    }
}
