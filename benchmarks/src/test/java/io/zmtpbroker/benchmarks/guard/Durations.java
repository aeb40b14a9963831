package io.zmtpbroker.benchmarks.guard;

import java.util.concurrent.TimeUnit;

/** Compares how long two kinds of work take, within one run: the shortest of many batches of each. */
final class Durations {

    private static final int BATCHES = 1000;
    private static final int TRIES = 3;

    /** Whatever the cost has become, this is told within the time that a build has. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(4);

    private Durations() {}

    /** How many times as long the second takes. Of batches in turn, so that what the machine does meanwhile meets both. */
    static double ratio(Runnable first, Runnable second) {
        long firstNanos = Long.MAX_VALUE;
        long secondNanos = Long.MAX_VALUE;
        long limit = System.nanoTime() + LIMIT_NANOS;
        for (int i = 0; i < BATCHES && (i == 0 || System.nanoTime() - limit < 0); i++) {
            firstNanos = Math.min(firstNanos, nanos(first));
            secondNanos = Math.min(secondNanos, nanos(second));
        }
        return (double) secondNanos / firstNanos;
    }

    /** The least of a few such ratios; of one, if that is below the bound. */
    static double ratio(Runnable first, Runnable second, double bound) {
        double least = ratio(first, second);
        for (int i = 1; i < TRIES && least >= bound; i++) {
            least = Math.min(least, ratio(first, second));
        }
        System.err.println("RATIO " + least + " bound " + bound);
        return least;
    }

    private static long nanos(Runnable batch) {
        long begin = System.nanoTime();
        batch.run();
        return System.nanoTime() - begin;
    }
}
