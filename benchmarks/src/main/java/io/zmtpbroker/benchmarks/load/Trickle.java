package io.zmtpbroker.benchmarks.load;

import java.util.List;

/**
 * Has clients ask in turn, a request each time it runs. Each is planned for a moment of its own, and its time is counted from
 * there: a loop that comes to it late makes it wait as a user would.
 */
final class Trickle implements Runnable {

    private final LoadLoop loop;
    private final List<LoadClient> clients;
    private final long intervalNanos;
    private long plannedNanos;
    private int next;

    /**
     * A trickle that has not begun; for the loop's thread.
     *
     * @param firstNanos when the first request is planned
     * @param intervalNanos from each to the next
     */
    Trickle(LoadLoop loop, List<LoadClient> clients, long firstNanos, long intervalNanos) {
        this.loop = loop;
        this.clients = clients;
        this.intervalNanos = intervalNanos;
        plannedNanos = firstNanos;
    }

    @Override
    public void run() {
        if (loop.phase() == Phase.DRAINING) {
            return;
        }
        if (!clients.get(next).askIfFree(plannedNanos)) {
            loop.skipped();
        }
        next = (next + 1) % clients.size();
        plannedNanos += intervalNanos;
    }
}
