package io.zmtpbroker.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What processes have used so far.
 *
 * @param atNanos when, by {@link System#nanoTime}
 * @param brokerNanos CPU time of the broker, in its own code and in the kernel
 * @param loadNanos CPU time of this process
 * @param machineNanos CPU time of all processes; 0 where there is no /proc
 * @param stolenNanos CPU time that this machine was ready for and was not given by the one that it is on; 0 where that is not known
 */
record Usage(long atNanos, long brokerNanos, long loadNanos, long machineNanos, long stolenNanos) {

    private static final Path MACHINE = Path.of("/proc/stat");
    private static final long NANOS_PER_TICK = 10_000_000; // USER_HZ is 100 for all of user space on Linux

    /** User, nice, system, interrupts. */
    private static final int[] USED = {1, 2, 3, 6, 7};

    private static final int[] STOLEN = {8};

    static Usage now(ProcessHandle broker) {
        long atNanos = System.nanoTime();
        long brokerNanos = cpuNanos(broker);
        long loadNanos = cpuNanos(ProcessHandle.current());
        List<String> machine = machineFields();
        return new Usage(atNanos, brokerNanos, loadNanos, sum(machine, USED), sum(machine, STOLEN));
    }

    /** On Linux this is what /proc/PID/stat says, all threads together, to 10 ms. */
    private static long cpuNanos(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    /** The first line, for all processors: its name, and ticks in each state. */
    private static List<String> machineFields() {
        try (var lines = Files.lines(MACHINE, StandardCharsets.US_ASCII)) {
            return List.of(lines.findFirst().orElse("").split(" +"));
        } catch (IOException e) {
            return List.of(); // not Linux
        }
    }

    private static long sum(List<String> fields, int... indexes) {
        long ticks = 0;
        for (int index : indexes) {
            ticks += index < fields.size() ? Long.parseLong(fields.get(index)) : 0;
        }
        return ticks * NANOS_PER_TICK;
    }
}
