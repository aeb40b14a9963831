package io.zmtpbroker.benchmarks.compare;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The loads that brokers are compared under. */
enum WorkloadPoint {
    /** What one request takes that meets nobody else. */
    LOCKSTEP("1", 1, 1, 1, 64),
    /** Lockstep clients queue for few workers. */
    FEW_WORKERS("2", 50, 1, 8, 64),
    /** A deep queue before few workers. */
    DEEP_QUEUE("3", 8, 100, 8, 64),
    /** The clients' side can be batched, the workers' side cannot. */
    MANY_WORKERS("3b", 8, 100, 64, 64),
    /** Each request alone on its connections: a broker's own cost. */
    ALONE("3c", 64, 1, 64, 64),
    /** As 3b, with longer bodies. */
    BODIES_OF_1_KIB("4", 8, 100, 64, 1024),
    /** As 3b, with long bodies. */
    BODIES_OF_64_KIB("5", 8, 100, 64, 65536),
    /** Memory for each connection that is idle nearly always. */
    IDLE_CONNECTIONS("6", 5000, 1, 8, 64);

    private final String label;
    private final int clients;
    private final int window;
    private final int workers;
    private final int bodyLength;

    WorkloadPoint(String label, int clients, int window, int workers, int bodyLength) {
        this.label = label;
        this.clients = clients;
        this.window = window;
        this.workers = workers;
        this.bodyLength = bodyLength;
    }

    static Optional<WorkloadPoint> find(String label) {
        return Arrays.stream(values())
                .filter(point -> point.label.equals(label))
                .findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(WorkloadPoint::label).collect(Collectors.joining(", "));
    }

    String label() {
        return label;
    }

    /** How many connections ask. */
    int clients() {
        return clients;
    }

    /** How many requests each has open. */
    int window() {
        return window;
    }

    int workers() {
        return workers;
    }

    /** Octets of a request and of its reply. */
    int bodyLength() {
        return bodyLength;
    }

    /** Whether this is about connections and not about requests. */
    boolean isIdle() {
        return this == IDLE_CONNECTIONS;
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
