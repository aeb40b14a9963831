package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The broker's jar as a process that serves. Closing it asks for a normal end (SIGTERM) and demands one: status 0, and nothing on
 * standard error that tells of a bug.
 */
final class BrokerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Pattern BUG =
            Pattern.compile("LEAK|\\bERROR\\b|^\\s+at |Exception in thread", Pattern.MULTILINE);
    private static final Pattern HEAP_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private final ChildProcess process;
    private final String clients;
    private final String workers;
    private final String answers;

    BrokerProcess(ChildProcess process) {
        this.process = process;
        try {
            clients = endpoint("clients");
            workers = endpoint("workers");
            answers = endpoint("answers");
            assertThat(nextLine()).isEqualTo("ready");
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    String clients() {
        return clients;
    }

    String workers() {
        return workers;
    }

    String answers() {
        return answers;
    }

    ChildProcess process() {
        return process;
    }

    /** Memory of the process that is in RAM, in MiB. */
    long residentMegabytes() {
        return Long.parseLong(lineOfStatus("VmRSS:").replaceAll("\\D", "")) / 1024;
    }

    int openFiles() {
        String[] files =
                Path.of("/proc", Long.toString(process.pid()), "fd").toFile().list();
        return files == null ? 0 : files.length;
    }

    /** Octets of live objects after a full collection. */
    long liveHeapOctets() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try (ChildProcess histogram =
                ChildProcess.start(List.of(jcmd, Long.toString(process.pid()), "GC.class_histogram"))) {
            var last = "";
            for (var line = histogram.line(Limits.SOON); line.isPresent(); line = histogram.line(Limits.SOON)) {
                last = line.get();
            }
            var total = HEAP_TOTAL.matcher(last);
            assertThat(total.find()).as("a total in: %s", last).isTrue();
            return Long.parseLong(total.group(1));
        }
    }

    /** Asks for a normal end with SIGTERM and waits for it. */
    void stop() {
        process.terminate();
        awaitNormalEnd();
    }

    void awaitNormalEnd() {
        assertThat(process.awaitExit(STOP_LIMIT))
                .as("exit status of %s", process)
                .isZero();
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                stop();
            }
            assertThat(process.errors()).doesNotContainPattern(BUG);
        } finally {
            process.close();
        }
    }

    private String endpoint(String name) {
        String start = name + " listening on ";
        String line = nextLine();
        assertThat(line).startsWith(start).matches(".* tcp://.+:[1-9]\\d*");
        return line.substring(start.length());
    }

    private String nextLine() {
        return process.line(START_LIMIT).orElseThrow(() -> {
            int status = process.awaitExit(STOP_LIMIT);
            return new AssertionError("the broker ended with status " + status + ": " + process);
        });
    }

    private String lineOfStatus(String name) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(name)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
