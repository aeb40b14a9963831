package io.zmtpbroker.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a comparison must not leave behind: the processes that it starts, and a directory of files, secret keys among them. All of
 * that goes when this is closed, and when a signal ends the JVM: then the thread that made this is interrupted, too, so that it
 * reports nothing of brokers that were killed. After SIGKILL everything stays.
 */
final class Workplace implements AutoCloseable {

    private static final int CLOSE_LIMIT_SECONDS = 5;

    private final Path directory;
    private final Thread owner = Thread.currentThread();
    private final Thread hook = new Thread(this::onEnd, "clear-up");
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Those that may be alive; it is the lock of {@link #ending}, too. */
    private final Set<Process> children = new HashSet<>();

    private boolean ending;

    /** A new directory, which only its owner may read; for the thread that uses it. */
    Workplace() throws IOException {
        directory = Files.createTempDirectory("compare-");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Where files are put, without directories among them. */
    Path directory() {
        return directory;
    }

    /**
     * Starts a child.
     *
     * @throws InterruptedException if the JVM is being ended: nobody would end the child
     */
    Process start(ProcessBuilder command) throws IOException, InterruptedException {
        synchronized (children) {
            if (ending) {
                throw new InterruptedException("the JVM is being ended");
            }
            children.removeIf(child -> !child.isAlive());
            Process child = command.start();
            children.add(child);
            return child;
        }
    }

    private void onEnd() {
        synchronized (children) {
            ending = true;
        }
        owner.interrupt();
        killChildren();
        try {
            if (!closed.await(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                delete();
            }
        } catch (InterruptedException | IOException e) {
            return; // the JVM ends: nobody is left to be told
        }
    }

    private void killChildren() {
        synchronized (children) {
            for (Process child : children) {
                child.descendants().forEach(ProcessHandle::destroyForcibly); // a C compiler has children of its own
                child.destroyForcibly();
            }
        }
    }

    private void delete() throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(directory);
    }

    @Override
    public void close() throws IOException {
        killChildren();
        try {
            delete();
        } finally {
            closed.countDown();
            forgetHook();
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is being ended: the hook runs
        }
    }
}
