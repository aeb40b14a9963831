package io.zmtpbroker.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes have used so far; NaN where the system does not tell.
 *
 * @param atNanos when, by {@link System#nanoTime}
 * @param brokerNanos CPU time of the broker, in its own code and in the kernel
 * @param loadNanos CPU time of this process
 * @param machineNanos CPU time of all processes
 * @param stolenNanos CPU time that this machine was ready for and was not given by the one that it is on
 */
record Usage(long atNanos, double brokerNanos, double loadNanos, double machineNanos, double stolenNanos) {

    private static final Path MACHINE = Path.of("/proc/stat");
    private static final long NANOS_PER_TICK = 10_000_000; // USER_HZ is 100 for all of user space on Linux

    /** User, nice, system, interrupts. */
    private static final int[] USED = {1, 2, 3, 6, 7};

    private static final int[] STOLEN = {8};

    static Usage now(ProcessHandle broker) {
        long atNanos = System.nanoTime();
        double brokerNanos = cpuNanos(broker);
        double loadNanos = cpuNanos(ProcessHandle.current());
        List<String> machine = machineFields();
        return new Usage(atNanos, brokerNanos, loadNanos, sum(machine, USED), sum(machine, STOLEN));
    }

    /** On Linux this is what /proc/PID/stat says, all threads together, to 10 ms. */
    private static double cpuNanos(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .map(used -> (double) used.toNanos())
                .orElse(Double.NaN);
    }

    /** The first line, for all processors: its name, and ticks in each state. */
    private static List<String> machineFields() {
        try (var lines = Files.lines(MACHINE, StandardCharsets.US_ASCII)) {
            return List.of(lines.findFirst().orElse("").split(" +"));
        } catch (IOException e) {
            return List.of(); // not Linux
        }
    }

    private static double sum(List<String> fields, int... indexes) {
        double ticks = 0;
        for (int index : indexes) {
            ticks += index < fields.size() ? Long.parseLong(fields.get(index)) : Double.NaN;
        }
        return ticks * NANOS_PER_TICK;
    }
}
