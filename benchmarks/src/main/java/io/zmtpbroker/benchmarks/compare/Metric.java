package io.zmtpbroker.benchmarks.compare;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What is told of a broker at a point. */
enum Metric {
    CPU("cpuMicrosPerRequest", "CPU, µs a request", 2, Measurement::cpuMicrosPerRequest),
    REQUESTS(
            "requestsPerSecond",
            "requests/s",
            0,
            measured -> measured.load().replies() / measured.load().seconds()),
    P50("p50Micros", "p50, µs", 0, measured -> measured.load().p50Micros()),
    P99("p99Micros", "p99, µs", 0, measured -> measured.load().p99Micros()),
    PEAK_MEMORY("peakMib", "peak, MiB", 0, measured -> mib(measured.memory().peakKib())),
    CONNECTION_MEMORY("kibPerConnection", "KiB a connection", 1, Measurement::kibPerConnection),
    IDLE_CORES("idleCores", "cores when idle", 3, Measurement::idleCores),
    BROKER_CORES("brokerCores", "cores: broker", 2, measured -> measured.cores().broker()),
    LOAD_CORES("loadCores", "load", 2, measured -> measured.cores().load()),
    LOAD_LOOP_CORES("loadLoopCores", "busiest loop of the load", 2, measured -> measured.cores()
            .loadLoop()),
    OTHER_CORES("otherCores", "other", 2, measured -> measured.cores().other()),
    STOLEN_CORES("stolenCores", "stolen", 2, measured -> measured.cores().stolen());

    private static final Set<Metric> COMPARED = EnumSet.of(CPU, REQUESTS, P50, P99, PEAK_MEMORY, CONNECTION_MEMORY);

    private final String key;
    private final String heading;
    private final int decimals;

    @SuppressWarnings("ImmutableEnumChecker") // a method of a record
    private final ToDoubleFunction<Measurement> figure;

    Metric(String key, String heading, int decimals, ToDoubleFunction<Measurement> figure) {
        this.key = key;
        this.heading = heading;
        this.decimals = decimals;
        this.figure = figure;
    }

    /** The name in JSON. */
    String key() {
        return key;
    }

    /** The name for people, with its unit. */
    String heading() {
        return heading;
    }

    /** Empty where it was not measured. */
    Optional<Double> of(Measurement measurement) {
        return Optional.of(figure.applyAsDouble(measurement)).filter(Double::isFinite);
    }

    /** Whether it is a broker's own, so that its ratio to the baseline's says something. */
    boolean isCompared() {
        return COMPARED.contains(this);
    }

    private static double mib(long kib) {
        return kib == 0 ? Double.NaN : kib / 1024.0;
    }

    /** For people. */
    String text(double value) {
        return String.format("%,." + decimals + "f", value);
    }
}
