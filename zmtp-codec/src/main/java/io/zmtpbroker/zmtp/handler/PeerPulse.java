package io.zmtpbroker.zmtp.handler;

import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import java.util.concurrent.TimeUnit;

/**
 * When a peer is to be sent a PING, and when it is dead. Pure: time is an argument. The peer is judged by the time in which it
 * could be heard ({@link HeartbeatSweep}), in {@code heardNanos}; PINGs go by the clock.
 *
 * <p>There is a PING every interval, whether the peer was heard or not, as libzmq has it: the TTL that we announce asks for it.
 * But a peer that says nothing gets no more than a few (37/ZMTP, "To avoid PONG storms").
 */
final class PeerPulse {
    private static final int MAX_UNANSWERED = 3;
    private static final long NANOS_IN_A_TENTH = TimeUnit.MILLISECONDS.toNanos(100);

    /** How a peer is. */
    enum Verdict {
        /** As far as can be known. */
        ALIVE,
        /** Nothing came of it for the timeout, since a PING was due. */
        SILENT,
        /** Nothing came of it within the TTL that it announced. */
        EXPIRED
    }

    private final long intervalNanos;
    private final long timeoutNanos;
    private long ttlNanos;
    private long aliveNanos;
    private long dueNanos;
    private int unanswered;

    /** Since when a PING is due, or sent, and nothing has come; of no meaning while none is unanswered. */
    private long silentSinceNanos;

    /** Somebody who is alive now. */
    PeerPulse(ZmtpHeartbeat settings, long heardNanos, long nowNanos) {
        this.intervalNanos = settings.interval().toNanos();
        this.timeoutNanos = settings.timeout().toNanos();
        aliveNanos = heardNanos;
        dueNanos = nowNanos + intervalNanos;
    }

    /** There was a sign of life, or none can be asked for, since the peer is not read. */
    void alive(long heardNanos) {
        aliveNanos = heardNanos;
        unanswered = 0;
    }

    /** The peer has sent a PING with a TTL in tenths of a second, 0 for none. */
    void onPing(int ttlTenths) {
        ttlNanos = ttlTenths * NANOS_IN_A_TENTH;
    }

    Verdict judge(long heardNanos) {
        if (ttlNanos > 0 && heardNanos - aliveNanos >= ttlNanos) {
            return Verdict.EXPIRED;
        }
        return unanswered > 0 && heardNanos - silentSinceNanos >= timeoutNanos ? Verdict.SILENT : Verdict.ALIVE;
    }

    /** Whether a PING is due. If so the next one is an interval later, and the peer has the timeout to be heard. */
    boolean takePing(long heardNanos, long nowNanos) {
        if (intervalNanos == 0 || nowNanos - dueNanos < 0) {
            return false;
        }
        boolean longAgo = nowNanos - dueNanos >= intervalNanos;
        dueNanos = (longAgo ? nowNanos : dueNanos) + intervalNanos;
        if (unanswered == MAX_UNANSWERED) {
            return false;
        }
        if (unanswered++ == 0) {
            silentSinceNanos = heardNanos;
        }
        return true;
    }

    /** How often this must be looked at: finely enough for all of its times. */
    long finenessNanos() {
        long shortest = intervalNanos == 0 ? Long.MAX_VALUE : Math.min(intervalNanos, timeoutNanos);
        return (ttlNanos > 0 ? Math.min(shortest, ttlNanos) : shortest) / 8;
    }
}
