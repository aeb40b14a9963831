package io.zmtpbroker.broker.net;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one connection that belong to no open request. A correct worker sends some: they come late, or twice,
 * or in hundreds after the broker was started again. A flood of them costs all others time, and nothing else would end
 * it.
 *
 * <p>Who has been connected for a second has earned what may come at once. What newcomers send comes out of what their
 * address has as well, so that nobody gains by hanging up and coming again.
 */
final class UnknownAnswers {

    /** In the long run; as many may come at once after a time of rest. */
    static final int MAX_PER_SECOND = 10_000;

    /** What the newcomers of an address may send at once, all of them; then as much a second as one connection. */
    static final int MAX_OF_NEWCOMERS = 10 * MAX_PER_SECOND;

    static final long NEW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AddressUse address;
    private final long connectedNanos;

    /** Null before the first one: most connections never send any. */
    private @Nullable TokenBucket bucket;

    UnknownAnswers(AddressUse address, long nowNanos) {
        this.address = address;
        this.connectedNanos = nowNanos;
    }

    /** One more has come; returns whether it is one too many. */
    boolean isOneTooMany(long nowNanos) {
        if (bucket == null) {
            bucket = new TokenBucket(MAX_PER_SECOND, MAX_PER_SECOND, nowNanos);
        }
        boolean isNew = nowNanos - connectedNanos < NEW_NANOS;
        boolean isAddressFlooding = isNew && !ofAddress(nowNanos).take(nowNanos);
        return !bucket.take(nowNanos) || isAddressFlooding;
    }

    private TokenBucket ofAddress(long nowNanos) {
        if (address.unknownAnswers == null) {
            address.unknownAnswers = new TokenBucket(MAX_PER_SECOND, MAX_OF_NEWCOMERS, nowNanos);
        }
        return address.unknownAnswers;
    }
}
