package io.zmtpbroker.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of a process as Linux tells it; nothing of the kernel's own, such as socket buffers, is in it.
 *
 * @param residentKib what it has now, in KiB; 0 where there is no /proc
 * @param peakKib the most it has had
 */
record Memory(long residentKib, long peakKib) {

    static Memory of(ProcessHandle process) {
        long resident = 0;
        long peak = 0;
        try {
            Path status = Path.of("/proc", Long.toString(process.pid()), "status");
            for (String line : Files.readAllLines(status, StandardCharsets.US_ASCII)) {
                if (line.startsWith("VmRSS:")) {
                    resident = kib(line);
                } else if (line.startsWith("VmHWM:")) {
                    peak = kib(line);
                }
            }
        } catch (IOException e) {
            return new Memory(0, 0); // not Linux
        }
        return new Memory(resident, peak);
    }

    /** In KiB; NaN where there is no /proc. */
    double kibGrownSince(Memory before) {
        return residentKib == 0 || before.residentKib == 0 ? Double.NaN : residentKib - before.residentKib;
    }

    private static long kib(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
