package io.zmtpbroker.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that was measured, and how it compares. */
final class Results {

    private final String baseline;
    private final List<Run> runs = new ArrayList<>();

    /**
     * No results yet.
     *
     * @param baseline the broker that ratios refer to
     */
    Results(String baseline) {
        this.baseline = baseline;
    }

    void add(Run run) {
        runs.add(run);
    }

    String baseline() {
        return baseline;
    }

    List<Run> runs() {
        return List.copyOf(runs);
    }

    boolean hasFailure() {
        return runs.stream().anyMatch(run -> run.measurement() == null);
    }

    List<WorkloadPoint> points() {
        return runs.stream().map(Run::point).distinct().toList();
    }

    List<String> brokers() {
        return runs.stream().map(Run::broker).distinct().toList();
    }

    /** Why a broker failed at a point; empty when it did not. */
    Optional<String> failure(WorkloadPoint point, String broker) {
        return of(point, broker)
                .filter(run -> run.measurement() == null)
                .map(Run::failure)
                .findFirst();
    }

    /** A figure over the rounds. */
    Optional<Spread> spread(WorkloadPoint point, String broker, Metric metric) {
        return Spread.of(
                of(point, broker).flatMap(run -> figure(run, metric).stream()).mapToDouble(Double::doubleValue));
    }

    /**
     * A figure by that of the baseline in the same round, over the rounds: machines drift, both alike. Empty for what is not a
     * broker's own.
     */
    Optional<Spread> ratio(WorkloadPoint point, String broker, Metric metric) {
        if (!metric.isCompared()) {
            return Optional.empty();
        }
        return Spread.of(
                of(point, broker).flatMap(run -> ratio(run, metric).stream()).mapToDouble(Double::doubleValue));
    }

    private Optional<Double> ratio(Run run, Metric metric) {
        return of(run.point(), baseline)
                .filter(other -> other.round() == run.round())
                .flatMap(other -> figure(other, metric).stream())
                .filter(base -> base > 0)
                .findFirst()
                .flatMap(base -> figure(run, metric).map(value -> value / base));
    }

    private Stream<Run> of(WorkloadPoint point, String broker) {
        return runs.stream()
                .filter(run -> run.point().equals(point) && run.broker().equals(broker));
    }

    private static Optional<Double> figure(Run run, Metric metric) {
        return Optional.ofNullable(run.measurement()).flatMap(metric::of);
    }
}
