package io.zmtpbroker.broker.dialect;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * When a silent REQ is taken for a worker that waits since before the broker's start: see {@link GuessedFetch}.
 *
 * @param untilNanos the end of the time after the start in which that is likely
 * @param fetchesLikely whether such a worker, where no dialect is configured, is one that fetches
 */
public record Revival(long untilNanos, BooleanSupplier fetchesLikely) {

    /** A worker that has just been started speaks sooner than that. */
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Whether it is too late for any guess. */
    boolean isOver(long nowNanos) {
        return nowNanos - untilNanos >= 0;
    }
}
