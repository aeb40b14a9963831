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
                "%-3s round %d  %-14s %9.0f/s  p50 %8.0f us  p99 %8.0f us  CPU %7.2f us/request  cores %.2f + %.2f load + %s other",
                point.label(),
                round,
                broker,
                measurement.load().replies() / measurement.load().seconds(),
                measurement.load().p50Micros(),
                measurement.load().p99Micros(),
                measurement.cpuMicrosPerRequest(),
                measurement.cores().broker(),
                measurement.cores().load(),
                Metric.OTHER_CORES.of(measurement).map(Metric.OTHER_CORES::text).orElse("?"));
    }
}
