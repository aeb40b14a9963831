package io.zmtpbroker.interop;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What a broker uses at one moment.
 *
 * @param heap octets of live objects, after a collection
 * @param direct octets of memory for buffers that Netty holds, in use or ready for it
 * @param resident MiB of the process that are in RAM
 * @param requests that wait or run
 * @param queued octets that these are charged with
 */
record SoakState(int files, long heap, long direct, long resident, int requests, int queued, int clients, int workers) {
    private static final long KIB = 1024;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final List<Row> ROWS = List.of(
            new Row("open descriptors", SoakState::files),
            new Row("clients", SoakState::clients),
            new Row("workers", SoakState::workers),
            new Row("open requests", SoakState::requests),
            new Row("octets queued", SoakState::queued),
            new Row("live heap, KiB", state -> state.heap / KIB),
            new Row("memory for buffers, KiB", state -> state.direct / KIB),
            new Row("resident memory, MiB", SoakState::resident));

    /** Without the memory, which takes a full collection: 0. */
    static SoakState tables(BrokerProcess broker) {
        PythonPeer.Event state = SoakBroker.state(broker);
        return new SoakState(
                broker.openFiles(),
                0,
                Long.parseLong(state.text("direct")),
                broker.residentMegabytes(),
                state.number("waiting") + state.number("parked") + state.number("running"),
                state.number("queued"),
                state.number("clients"),
                state.number("workers"));
    }

    static SoakState of(BrokerProcess broker) {
        long heap = broker.liveHeapOctets();
        SoakState now = tables(broker);
        return new SoakState(
                now.files, heap, now.direct, now.resident, now.requests, now.queued, now.clients, now.workers);
    }

    /** Waits until it is so. */
    static void await(BrokerProcess broker, String what, Predicate<SoakState> is) {
        long deadlineNanos = System.nanoTime() + Limits.CROWD.toNanos();
        SoakState now = tables(broker);
        while (!is.test(now)) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("still not so after " + Limits.CROWD + ": " + what + "; it is " + now
                        + " with " + broker.openFileNames());
            }
            LockSupport.parkNanos(AGAIN_NANOS);
            now = tables(broker);
        }
    }

    boolean isIdle() {
        return requests == 0 && queued == 0 && clients == 0 && workers == 0;
    }

    static String table(SoakState start, SoakState middle, SoakState end) {
        var table = new StringBuilder(line("", "start", "middle", "end"));
        for (Row row : ROWS) {
            table.append(line(row.name, row.of(start), row.of(middle), row.of(end)));
        }
        return table.toString();
    }

    private static String line(String name, String... columns) {
        return String.format(Locale.ROOT, "%-26s%12s%12s%12s%n", name, columns[0], columns[1], columns[2]);
    }

    private record Row(String name, ToLongFunction<SoakState> value) {
        String of(SoakState state) {
            return Long.toString(value.applyAsLong(state));
        }
    }
}
