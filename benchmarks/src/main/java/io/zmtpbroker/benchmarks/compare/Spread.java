package io.zmtpbroker.benchmarks.compare;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** The middle of some figures, and how far they lie apart. */
record Spread(double min, double median, double max) {

    /** Of figures in any order; empty where there is none. */
    static Optional<Spread> of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        if (sorted.length == 0) {
            return Optional.empty();
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(
                new Spread(sorted[0], median, Arrays.stream(sorted).max().orElseThrow()));
    }
}
