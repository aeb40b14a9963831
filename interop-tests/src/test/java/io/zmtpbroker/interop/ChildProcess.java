package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process that this test started: its output line by line, its end, and signals to it. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    /** Lines; an empty one says that no more will come. */
    private final BlockingQueue<Optional<String>> output = new LinkedBlockingQueue<>();

    private final BlockingQueue<Optional<String>> errors = new LinkedBlockingQueue<>();
    private final Thread outputReader;
    private final Thread errorReader;
    private final Writer input;

    private ChildProcess(Process process) {
        this.process = process;
        this.outputReader = reader(process.getInputStream(), output);
        this.errorReader = reader(process.getErrorStream(), errors);
        this.input = process.outputWriter(UTF_8);
    }

    static ChildProcess start(List<String> command) {
        try {
            ChildProcess child = new ChildProcess(new ProcessBuilder(command).start());
            child.outputReader.start();
            child.errorReader.start();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** The next line of standard output; empty when there are no more. */
    Optional<String> line(Duration limit) {
        try {
            Optional<String> line = output.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new AssertionError("no line within " + limit + " of " + this);
            }
            if (line.isEmpty()) {
                output.add(line); // for whoever asks again
            }
            return line;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The lines of standard output that were not read yet, to its end. */
    List<String> remainingLines() {
        var lines = new ArrayList<String>();
        for (var line = line(Limits.SOON); line.isPresent(); line = line(Limits.SOON)) {
            lines.add(line.get());
        }
        return lines;
    }

    void writeLine(String line) {
        try {
            input.write(line);
            input.write('\n');
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + this, e);
        }
    }

    /** What it has written to standard error until now. */
    String errors() {
        return errors.stream().flatMap(Optional::stream).collect(Collectors.joining("\n"));
    }

    /** Waits until standard error has so many lines with a text; returns them. */
    List<String> awaitErrors(String text, int count) {
        long deadlineNanos = System.nanoTime() + Limits.SOON.toNanos();
        while (true) {
            List<String> found =
                    errors().lines().filter(line -> line.contains(text)).toList();
            if (found.size() >= count) {
                return found;
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("no " + count + " lines with '" + text + "' of " + this);
            }
            Thread.onSpinWait();
        }
    }

    /** Its exit status, with all of its output read. */
    int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + limit + ": " + this);
            }
            outputReader.join(limit.toMillis());
            errorReader.join(limit.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Sends SIGTERM. Its output stays readable, unlike after {@link Process#destroy}. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Sends SIGINT. */
    void interrupt() {
        signal("-INT");
    }

    /** Sends SIGHUP. */
    void hangUp() {
        signal("-HUP");
    }

    /** Sends SIGSTOP. */
    void pause() {
        signal("-STOP");
    }

    /** Sends SIGCONT. */
    void goOn() {
        signal("-CONT");
    }

    private void signal(String name) {
        try (ChildProcess kill = start(List.of("kill", name, Long.toString(pid())))) {
            kill.awaitExit(Limits.SOON);
        }
    }

    /** Sends SIGKILL and waits until the kernel has closed everything it had open. */
    void kill() {
        process.toHandle().destroyForcibly();
        awaitExit(Limits.SOON);
    }

    /** Closes its standard input. */
    void closeInput() {
        try {
            input.close();
        } catch (IOException e) {
            // It had ended already, which is what we wanted it to do.
        }
    }

    @Override
    public void close() {
        closeInput();
        if (isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly); // a shell that is killed leaves them behind
            kill();
        }
    }

    @Override
    public String toString() {
        String command = process.info().commandLine().orElse("a process that has ended");
        return command + " (pid " + pid() + "), standard error:\n" + errors();
    }

    private static Thread reader(InputStream stream, BlockingQueue<Optional<String>> lines) {
        Thread thread = new Thread(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(Optional.of(line));
                }
            } catch (IOException e) {
                lines.add(Optional.of("unreadable: " + e));
            } finally {
                lines.add(Optional.empty());
            }
        });
        thread.setDaemon(true);
        return thread;
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted while waiting", e);
    }
}
