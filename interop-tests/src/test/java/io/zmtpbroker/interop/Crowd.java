package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that each do their part of some work and tell what became of it. */
final class Crowd<T> implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "crowd");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<T>> parts = new ArrayList<>();
    private volatile boolean stopping;

    void add(Callable<T> part) {
        parts.add(threads.submit(part));
    }

    /** Whether those at work should come to an end. */
    boolean isStopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
    }

    /** The parts' results; fails when a part failed. */
    List<T> await(Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        var results = new ArrayList<T>();
        for (Future<T> part : parts) {
            try {
                results.add(part.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS));
            } catch (ExecutionException e) {
                throw new AssertionError("a peer failed", e.getCause());
            } catch (TimeoutException e) {
                throw new AssertionError("the peers have not finished within " + limit, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting", e);
            }
        }
        return results;
    }

    @Override
    public void close() {
        stop();
        threads.shutdown();
    }
}
