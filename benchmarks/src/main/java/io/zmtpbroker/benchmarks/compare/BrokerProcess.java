package io.zmtpbroker.benchmarks.compare;

import io.zmtpbroker.benchmarks.load.LoadTargets;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A broker that runs. */
final class BrokerProcess implements AutoCloseable {

    private static final int START_LIMIT_SECONDS = 20;
    private static final int STOP_LIMIT_SECONDS = 10;

    private final Process process;
    private final BrokerLog log;
    private final CompletableFuture<LoadTargets> targets = new CompletableFuture<>();

    private BrokerProcess(Process process, BrokerLog log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a broker; returns when it listens. Its log is written anew each time. */
    static BrokerProcess start(Contender contender, Workplace workplace) throws BrokerException, InterruptedException {
        try {
            BrokerLog log = new BrokerLog(workplace.directory().resolve("broker.log"));
            Process process = workplace.start(new ProcessBuilder(contender.command())
                    .redirectError(log.file().toFile()));
            BrokerProcess broker = new BrokerProcess(process, log);
            try {
                broker.targets.complete(broker.awaitReady());
                return broker;
            } finally {
                if (!broker.targets.isDone()) { // whatever it was: interrupted, too
                    broker.close();
                }
            }
        } catch (IOException e) {
            throw new BrokerException("cannot be started: " + e.getMessage());
        }
    }

    LoadTargets targets() {
        return targets.join();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Why it ended, for people; empty when it did not say. */
    String lastWords() {
        return log.lastWords();
    }

    /** What it waits for the network with: {@code io_uring}, or {@code epoll}, which Java's own selector uses, too; empty if unknown. */
    String kernelInterface() {
        List<String> open = new ArrayList<>();
        try (var files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            for (Path file : files.toList()) {
                open.add(Files.readSymbolicLink(file).toString());
            }
        } catch (IOException e) {
            return ""; // not Linux, or a file was closed meanwhile
        }
        if (open.contains("anon_inode:[io_uring]")) {
            return "io_uring";
        }
        return open.contains("anon_inode:[eventpoll]") ? "epoll" : "";
    }

    private LoadTargets awaitReady() throws BrokerException, InterruptedException {
        var ready = new CompletableFuture<Map<String, InetSocketAddress>>();
        Thread reader = new Thread(() -> read(ready), "broker-output");
        reader.setDaemon(true);
        reader.start();
        try {
            Map<String, InetSocketAddress> found = ready.get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
            InetSocketAddress clients = found.get("clients");
            InetSocketAddress workers = found.get("workers");
            if (clients == null || workers == null) {
                throw new BrokerException("did not say where it listens");
            }
            return new LoadTargets(clients, workers, found.getOrDefault("answers", workers));
        } catch (TimeoutException e) {
            throw new BrokerException("was not ready after " + START_LIMIT_SECONDS + " s");
        } catch (ExecutionException e) {
            process.waitFor(1, TimeUnit.SECONDS); // so that its log is whole
            throw new BrokerException("did not start: " + lastWords());
        }
    }

    /** Reads {@code clients listening on tcp://127.0.0.1:4161} and so on until {@code ready}, and then what else it prints. */
    private void read(CompletableFuture<Map<String, InetSocketAddress>> ready) {
        Map<String, InetSocketAddress> found = new HashMap<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("ready")) {
                    ready.complete(found);
                }
                List<String> parts = List.of(line.split(" listening on tcp://127\\.0\\.0\\.1:", 2));
                if (parts.size() == 2) {
                    int port = Integer.parseInt(parts.get(1).replaceFirst("\\D.*", ""));
                    found.putIfAbsent(parts.get(0), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                }
            }
        } catch (IOException | NumberFormatException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IOException("its output has ended"));
    }

    /** Ends it: in order, if it does that in time. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
