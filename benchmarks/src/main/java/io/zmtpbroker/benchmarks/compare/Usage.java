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
 */
record Usage(long atNanos, long brokerNanos, long loadNanos, long machineNanos) {

    private static final Path MACHINE = Path.of("/proc/stat");
    private static final long NANOS_PER_TICK = 10_000_000; // USER_HZ is 100 for all of user space on Linux

    static Usage now(ProcessHandle broker) {
        return new Usage(System.nanoTime(), cpuNanos(broker), cpuNanos(ProcessHandle.current()), machineCpuNanos());
    }

    /** On Linux this is what /proc/PID/stat says, all threads together, to 10 ms. */
    private static long cpuNanos(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    /** User, nice, system, interrupts: fields 1 to 3, 6 and 7 of the first line. */
    private static long machineCpuNanos() {
        try (var lines = Files.lines(MACHINE, StandardCharsets.US_ASCII)) {
            List<String> fields = List.of(lines.findFirst().orElse("").split(" +"));
            long ticks = 0;
            for (int field : new int[] {1, 2, 3, 6, 7}) {
                ticks += Long.parseLong(fields.get(field));
            }
            return ticks * NANOS_PER_TICK;
        } catch (IOException e) {
            return 0; // not Linux
        }
    }
}
