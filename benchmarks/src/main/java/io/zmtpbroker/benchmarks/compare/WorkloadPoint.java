package io.zmtpbroker.benchmarks.compare;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A load that brokers are compared under.
 *
 * @param label the name on the command line
 * @param clients how many connections ask
 * @param window how many requests each has open
 * @param workers connections that serve
 * @param bodyLength octets of a request and of its reply
 */
record WorkloadPoint(String label, int clients, int window, int workers, int bodyLength) {

    /** The clients' side can be batched, the workers' side cannot. */
    static final WorkloadPoint MANY_WORKERS = new WorkloadPoint("3b", 8, 100, 64, 64);

    /** Each request alone on its connections: a broker's own cost. */
    static final WorkloadPoint ALONE = new WorkloadPoint("3c", 64, 1, 64, 64);

    private static final String IDLE = "6";

    /** Those, and: latency, few workers, a deep queue, bodies of 1 and of 64 KiB, and memory for each connection. */
    private static final List<WorkloadPoint> ALL = List.of(
            new WorkloadPoint("1", 1, 1, 1, 64),
            new WorkloadPoint("2", 50, 1, 8, 64),
            new WorkloadPoint("3", 8, 100, 8, 64),
            MANY_WORKERS,
            ALONE,
            new WorkloadPoint("4", 8, 100, 64, 1024),
            new WorkloadPoint("5", 8, 100, 64, 65536),
            new WorkloadPoint(IDLE, 5000, 1, 8, 64));

    static Optional<WorkloadPoint> find(String label) {
        return ALL.stream().filter(point -> point.label.equals(label)).findFirst();
    }

    static String labels() {
        return ALL.stream().map(WorkloadPoint::label).collect(Collectors.joining(", "));
    }

    /** The same with another number of clients, if it is about connections. */
    WorkloadPoint withIdleClients(int count) {
        return isIdle() ? new WorkloadPoint(label, count, window, workers, bodyLength) : this;
    }

    /** Whether this is about connections and not about requests. */
    boolean isIdle() {
        return label.equals(IDLE);
    }

    /** In words. */
    String description() {
        String body = bodyLength < 1024 ? bodyLength + " B" : bodyLength / 1024 + " KiB";
        String who = isIdle()
                ? clients + " clients, nearly idle"
                : clients == 1 ? "1 client in lockstep" : clients + " clients × " + window + " open";
        return who + ", " + workers + (workers == 1 ? " worker, " : " workers, ") + body;
    }
}
