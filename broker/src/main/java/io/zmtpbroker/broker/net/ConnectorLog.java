package io.zmtpbroker.broker.net;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when the peer of an endpoint that connects is lost, and when it is there again: a line for each change, not for each
 * attempt. A peer that comes and goes all the time gets a line now and then. Confined to the dispatch loop.
 */
final class ConnectorLog {

    /** So many lines may come at once; one more every {@link #REFILL_NANOS}. */
    static final int BURST = 6;

    static final long REFILL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");

    private enum State {
        /** No attempt has ended yet. */
        NEW,
        /** Connected. */
        UP,
        /** Not connected. */
        DOWN
    }

    private final EndpointRole role;
    private final EndpointAddress address;
    private State state = State.NEW;
    private int tokens = BURST;
    private long refilledNanos;
    private int leftOut;

    ConnectorLog(EndpointRole role, EndpointAddress address, long nowNanos) {
        this.role = role;
        this.address = address;
        this.refilledNanos = nowNanos;
    }

    /** The handshake with the peer is complete. */
    void up(long nowNanos) {
        if (change(State.UP, nowNanos)) {
            LOG.info("{} connected to {}", role.label(), address);
        }
    }

    /** An attempt has failed, or the connection is lost. */
    void down(String reason, long nowNanos) {
        boolean lost = state == State.UP;
        if (change(State.DOWN, nowNanos)) {
            String what = lost ? "lost the connection to" : "cannot connect to";
            LOG.warn("{} {} {}, and go on trying: {}", role.label(), what, address, reason);
        }
    }

    /** True if this is a change that may be told. */
    private boolean change(State to, long nowNanos) {
        if (state == to) {
            return false;
        }
        state = to;
        long earned = (nowNanos - refilledNanos) / REFILL_NANOS;
        refilledNanos += earned * REFILL_NANOS;
        tokens = (int) Math.min(BURST, tokens + earned);
        if (tokens == 0) {
            leftOut++;
            return false;
        }
        tokens--;
        if (leftOut > 0) {
            LOG.warn("{} more lines about the connection to {} were left out", leftOut, address);
            leftOut = 0;
        }
        return true;
    }
}
