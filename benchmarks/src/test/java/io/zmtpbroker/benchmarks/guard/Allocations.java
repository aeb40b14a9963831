package io.zmtpbroker.benchmarks.guard;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a thread allocates. */
final class Allocations {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BATCHES = 30;

    private Allocations() {}

    /** As {@link #perOperation(Thread, int, Runnable)}, on this thread. */
    static double perOperation(int operations, Runnable batch) {
        return perOperation(Thread.currentThread(), operations, batch);
    }

    /**
     * Octets of the heap that an operation takes: the least of many batches, since code that is not compiled yet allocates what it
     * does not when it is, and what an operation really needs it needs in each of them.
     *
     * @param thread that the operations run on
     * @param operations in a batch
     */
    static double perOperation(Thread thread, int operations, Runnable batch) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < BATCHES && least > 0; i++) {
            long before = THREADS.getThreadAllocatedBytes(thread.getId());
            batch.run();
            least = Math.min(least, THREADS.getThreadAllocatedBytes(thread.getId()) - before);
        }
        return (double) least / operations;
    }
}
