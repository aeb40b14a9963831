package io.zmtpbroker.broker.dialect;

/**
 * When to send a heartbeat to a worker, and when to give it up: the rule of Paranoid Pirate and Majordomo, whose workers
 * send heartbeats while they are idle. A worker that works sends none, so only an idle one is given up.
 */
final class Liveness {

    /** How many intervals of silence are too many (6/PPP and 18/MDP, as the guide's peers have it). */
    static final int INTERVALS = 3;

    private final long intervalNanos;
    private long heardNanos;
    private long beatNanos;

    /** A worker that was heard right now. */
    Liveness(long intervalNanos, long nowNanos) {
        this.intervalNanos = intervalNanos;
        heardNanos = nowNanos;
        beatNanos = nowNanos;
    }

    /** The worker was heard: any message counts. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** Whether a heartbeat is to be sent now; if so, the next one is due an interval later. */
    boolean isBeatDue(long nowNanos) {
        if (nowNanos - beatNanos < intervalNanos) {
            return false;
        }
        beatNanos = nowNanos;
        return true;
    }

    /** Whether an idle worker has been silent for too long. */
    boolean isOver(long nowNanos) {
        return nowNanos - heardNanos >= INTERVALS * intervalNanos;
    }
}
