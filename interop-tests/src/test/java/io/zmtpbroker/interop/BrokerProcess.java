package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The broker's jar as a process that serves. Closing it asks for a normal end (SIGTERM) and demands one: status 0, and nothing on
 * standard error that tells of a bug.
 */
final class BrokerProcess implements AutoCloseable {
    private static final String LOOPBACK = "tcp://127.0.0.1:";
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    /** Of ERROR the level: a reason may name the command of ZMTP. */
    private static final Pattern BUG =
            Pattern.compile("LEAK|^(\\S+ )?ERROR\\b|^\\s+at |Exception in thread", Pattern.MULTILINE);

    /** Of memory that Netty takes without the JDK's buffers: nobody else takes any there. */
    private static final Pattern DIRECT = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");

    private static final Pattern HEAP_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private static final Pattern ENDPOINT =
            Pattern.compile("(clients|workers|answers) (?:listening on|connecting to) (tcp://.+:[1-9]\\d*|ipc://.+)");

    private final ChildProcess process;
    private final Map<String, List<String>> endpoints = new HashMap<>();
    private final int clientsPort;
    private final int workersPort;
    private final int answersPort;

    BrokerProcess(ChildProcess process) {
        this.process = process;
        try {
            String line = nextLine();
            while (!line.equals("ready")) {
                Matcher endpoint = ENDPOINT.matcher(line);
                assertThat(endpoint.matches())
                        .as("'%s' names an endpoint", line)
                        .isTrue();
                endpoints
                        .computeIfAbsent(endpoint.group(1), role -> new ArrayList<>())
                        .add(endpoint.group(2));
                line = nextLine();
            }
            clientsPort = port("clients");
            workersPort = port("workers");
            answersPort = port("answers");
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    String clients() {
        return LOOPBACK + clientsPort;
    }

    String workers() {
        return LOOPBACK + workersPort;
    }

    String answers() {
        return LOOPBACK + answersPort;
    }

    /** The addresses of a kind, in the order of the command line. */
    List<String> endpoints(String role) {
        return endpoints.getOrDefault(role, List.of());
    }

    int clientsPort() {
        return clientsPort;
    }

    int workersPort() {
        return workersPort;
    }

    int answersPort() {
        return answersPort;
    }

    ChildProcess process() {
        return process;
    }

    /** Memory of the process that is in RAM, in MiB. */
    long residentMegabytes() {
        return Long.parseLong(lineOfStatus("VmRSS:").replaceAll("\\D", "")) / 1024;
    }

    /** Processor time it has used. */
    long processorMillis() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow()
                .toMillis();
    }

    int openFiles() {
        return openFileNames().size();
    }

    /** What the open files are, such as {@code anon_inode:[eventpoll]}. */
    List<String> openFileNames() {
        try (var files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return files.map(BrokerProcess::target).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    /** Octets of live objects after a full collection. */
    long liveHeapOctets() {
        List<String> lines = jcmd("GC.class_histogram");
        return number(HEAP_TOTAL, lines.get(lines.size() - 1));
    }

    /** Memory for buffers, in MiB; the JVM needs {@code -XX:NativeMemoryTracking=summary}. */
    long directMegabytes() {
        return number(DIRECT, String.join("\n", jcmd("VM.native_memory", "summary"))) / 1024;
    }

    List<String> jcmd(String... command) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(process.pid()));
        line.addAll(List.of(command));
        try (ChildProcess answer = ChildProcess.start(line)) {
            return answer.remainingLines();
        }
    }

    private static long number(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return Long.parseLong(found.group(1));
    }

    /** Asks for a normal end with SIGTERM and waits for it. */
    void stop() {
        process.terminate();
        awaitNormalEnd();
    }

    /** Waits until it accepts no more connections. */
    void awaitRefusal() {
        long deadlineNanos = System.nanoTime() + Limits.SOON.toNanos();
        while (System.nanoTime() - deadlineNanos < 0) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), clientsPort)) {
                assertThat(socket.isConnected()).isTrue();
            } catch (ConnectException e) {
                return;
            } catch (SocketException e) {
                Thread.onSpinWait(); // reset: it stops listening right now
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("still accepting after " + Limits.SOON);
    }

    void awaitNormalEnd() {
        assertThat(process.awaitExit(STOP_LIMIT))
                .as("exit status of %s", process)
                .isZero();
    }

    /** What it has counted, as it says when it has stopped: 0 for what it does not name. */
    long counted(String counter) {
        var value = Pattern.compile("[ ,]" + Pattern.quote(counter) + " (\\d+)").matcher(process.errors());
        return value.find() ? Long.parseLong(value.group(1)) : 0;
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

    /** That of the first endpoint; 0 where there is none, or it has none. */
    private int port(String role) {
        return endpoints(role).stream()
                .findFirst()
                .filter(address -> address.startsWith("tcp:"))
                .map(address -> Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))
                .orElse(0);
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
