package io.zmtpbroker.zmtp.handler;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the handshakes of one event loop that take too long: one timer for all of them, and none while there are none. Those that
 * may take equally long stand in a line, in the order in which they began, which is that in which their time is over.
 *
 * <p>The timer is for the oldest one at the time when it was set, and stays when that one is complete. So, however many there
 * are at a time, it is set about as often as a handshake may last.
 */
final class HandshakeSweep {
    /** Who keeps a sweep is its handshakes and its timer. */
    private static final PerLoop<HandshakeSweep> SWEEPS = new PerLoop<>(HandshakeSweep::new);

    private final EventExecutor executor;

    /** By how long they may take, in nanoseconds; as many lines as there are such limits in the application: mostly one. */
    private final Map<Long, Set<ZmtpHandshakeHandler>> lines = new HashMap<>();

    private int inProgress;
    private long dueNanos;
    private @Nullable Future<?> timer;

    private HandshakeSweep(EventExecutor executor) {
        this.executor = executor;
    }

    /** That of an event loop; to be called on its thread. */
    static HandshakeSweep of(EventExecutor executor) {
        return SWEEPS.of(executor);
    }

    /** A handshake begins. */
    void add(ZmtpHandshakeHandler handshake) {
        long nowNanos = executor.ticker().nanoTime();
        handshake.deadlineNanos = nowNanos + handshake.limitNanos();
        lines.computeIfAbsent(handshake.limitNanos(), limit -> new LinkedHashSet<>())
                .add(handshake);
        inProgress++;
        goOffBy(handshake.deadlineNanos, nowNanos);
    }

    /** A handshake has ended, or its time is over; also in the middle of a sweep. */
    void remove(ZmtpHandshakeHandler handshake) {
        Set<ZmtpHandshakeHandler> line = lines.get(handshake.limitNanos());
        if (line != null && line.remove(handshake) && --inProgress == 0) {
            cancel();
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void goOffBy(long deadlineNanos, long nowNanos) {
        if (timer != null && dueNanos - deadlineNanos <= 0) {
            return;
        }
        cancel(); // somebody may take less long than those that are there
        dueNanos = deadlineNanos;
        timer = executor.schedule(this::sweep, Math.max(0, deadlineNanos - nowNanos), TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        timer = null;
        long nowNanos = executor.ticker().nanoTime();
        for (Set<ZmtpHandshakeHandler> line : List.copyOf(lines.values())) {
            ZmtpHandshakeHandler next = endOverdue(line, nowNanos);
            if (next != null) {
                goOffBy(next.deadlineNanos, nowNanos);
            }
        }
    }

    /** Returns whose time is over next; null if nobody is left. */
    private @Nullable ZmtpHandshakeHandler endOverdue(Set<ZmtpHandshakeHandler> line, long nowNanos) {
        while (true) {
            Iterator<ZmtpHandshakeHandler> oldest = line.iterator(); // a new one each time: an end may cause others
            if (!oldest.hasNext()) {
                return null;
            }
            ZmtpHandshakeHandler handshake = oldest.next();
            if (nowNanos - handshake.deadlineNanos < 0) {
                return handshake;
            }
            remove(handshake);
            end(handshake);
        }
    }

    /** What one of them meets must not end the sweep for the others. */
    private static void end(ZmtpHandshakeHandler handshake) {
        try {
            handshake.timeIsOver();
        } catch (Throwable e) {
            handshake.fail(e);
        }
    }
}
