package io.zmtpbroker.benchmarks.guard;

import java.util.concurrent.TimeUnit;

/** Compares how long two kinds of work take, within one run: the shortest of many batches of each. */
final class Durations {

    private static final int BATCHES = 1000;
    private static final int TRIES = 3;

    /** Whatever the cost has become, this is told within the time that a build has. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final long COMPILED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Durations() {}

    /** How many times as long the second takes. Of batches in turn, so that what the machine does meanwhile meets both. */
    static double ratio(Runnable first, Runnable second) {
        return ratio(first, second, 0);
    }

    /** The least of a few such ratios; of one, if that is below the bound. Each takes long enough that all of it is compiled. */
    static double ratioBelow(double bound, Runnable first, Runnable second) {
        double least = ratio(first, second, COMPILED_NANOS);
        for (int i = 1; i < TRIES && least >= bound; i++) {
            least = Math.min(least, ratio(first, second, COMPILED_NANOS));
        }
        return least;
    }

    private static double ratio(Runnable first, Runnable second, long leastNanos) {
        long firstNanos = Long.MAX_VALUE;
        long secondNanos = Long.MAX_VALUE;
        long begin = System.nanoTime();
        long taken = 0;
        for (int i = 0; (i < BATCHES && taken < LIMIT_NANOS) || taken < leastNanos; i++) {
            firstNanos = Math.min(firstNanos, nanos(first));
            secondNanos = Math.min(secondNanos, nanos(second));
            taken = System.nanoTime() - begin;
        }
        return (double) secondNanos / firstNanos;
    }

    private static long nanos(Runnable batch) {
        long begin = System.nanoTime();
        batch.run();
        return System.nanoTime() - begin;
    }
}
