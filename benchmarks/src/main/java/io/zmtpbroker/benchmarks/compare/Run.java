package io.zmtpbroker.benchmarks.compare;

import org.jspecify.annotations.Nullable;

/**
 * What was tried once.
 *
 * @param point the load
 * @param round from 1
 * @param broker its name
 * @param measurement null when it failed
 * @param failure what happened; empty when nothing did
 */
record Run(
        WorkloadPoint point,
        int round,
        String broker,
        @Nullable Measurement measurement,
        String failure) {

    /** In one line, for who waits. */
    String progress() {
        if (measurement == null) {
            return String.format("%-3s round %d  %-14s FAILED: %s", point.label(), round, broker, failure);
        }
        return String.format(
                "%-3s round %d  %-14s %9.0f/s  p50 %8.0f us  p99 %8.0f us  CPU %7s us/request  cores %s + %s load + %s other",
                point.label(),
                round,
                broker,
                measurement.load().replies() / measurement.load().seconds(),
                measurement.load().p50Micros(),
                measurement.load().p99Micros(),
                text(measurement, Metric.CPU),
                text(measurement, Metric.BROKER_CORES),
                text(measurement, Metric.LOAD_CORES),
                text(measurement, Metric.OTHER_CORES));
    }

    private static String text(Measurement measurement, Metric metric) {
        return metric.of(measurement).map(metric::text).orElse("?");
    }
}
