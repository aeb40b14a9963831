package io.zmtpbroker.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What speaks against figures: other work on the machine, and a load that was at its own limit. */
final class Doubts {

    private static final double QUIET_CORES = 0.25;
    private static final double STOLEN_CORES = 0.05;
    private static final double AT_ITS_LIMIT = 0.95;

    private final Results results;

    Doubts(Results results) {
        this.results = results;
    }

    /** Sentences about the results at a point; none if all is well. */
    List<String> about(WorkloadPoint point) {
        List<Measurement> measured = results.runs().stream()
                .filter(run -> run.point().equals(point))
                .map(Run::measurement)
                .filter(Objects::nonNull)
                .toList();
        List<String> sentences = new ArrayList<>();
        long disturbed = measured.stream()
                .filter(one -> one.cores().other() > QUIET_CORES)
                .count();
        if (disturbed > 0) {
            sentences.add(String.format(
                    "%d of %d runs were disturbed: other processes used more than %.2f cores.",
                    disturbed, measured.size(), QUIET_CORES));
        }
        long robbed = measured.stream()
                .filter(one -> one.cores().stolen() > STOLEN_CORES)
                .count();
        if (robbed > 0) {
            sentences.add(String.format(
                    "%d of %d runs were disturbed: the host of this virtual machine took more than %.2f cores away.",
                    robbed, measured.size(), STOLEN_CORES));
        }
        long skipped = measured.stream().mapToLong(one -> one.load().skipped()).sum();
        if (skipped > 0) {
            sentences.add(
                    skipped + " requests were planned and not made, since their clients still waited for a reply.");
        }
        List<String> faster = results.brokers().stream()
                .filter(broker -> isFasterThanTheLoad(point, broker))
                .toList();
        if (!faster.isEmpty()) {
            sentences.add(
                    "Faster than the load, so their requests/s are the load's: " + String.join(", ", faster) + ".");
        }
        return sentences;
    }

    private boolean isFasterThanTheLoad(WorkloadPoint point, String broker) {
        double load = median(point, broker, Metric.LOAD_LOOP_CORES);
        return load > AT_ITS_LIMIT && median(point, broker, Metric.BROKER_CORES) < AT_ITS_LIMIT * load;
    }

    private double median(WorkloadPoint point, String broker, Metric metric) {
        return results.spread(point, broker, metric).map(Spread::median).orElse(0.0);
    }
}
