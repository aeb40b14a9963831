package io.zmtpbroker.zmtp.handler;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks, now and then, at all connections of one event loop: one timer for all of them, and none while there are none. It goes
 * off as often as those ask for it that have the shortest times, within {@link #FINEST_NANOS} and {@link #COARSEST_NANOS}.
 *
 * <p>It has a time of its own, that in which peers could be heard. When a sweep comes late the loop was held up, in a long collection of
 * garbage or with the whole process stopped, and what peers sent meanwhile may not be read yet: that time is left out. Only
 * a loop that is always late counts some of it, so that dead peers are found there, too.
 */
final class HeartbeatSweep {
    static final long FINEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    static final long COARSEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Who keeps a sweep is its members and its timer. */
    private static final PerLoop<HeartbeatSweep> SWEEPS = new PerLoop<>(HeartbeatSweep::new);

    private final EventExecutor executor;
    private final List<Heartbeat> members = new ArrayList<>();

    /** The time in which peers could be heard, in nanoseconds since some moment. */
    private long heardNanos;

    private long sweptNanos;
    private long dueNanos;
    private boolean late;
    private @Nullable Future<?> timer;

    private HeartbeatSweep(EventExecutor executor) {
        this.executor = executor;
    }

    /** That of an event loop; to be called on its thread. */
    static HeartbeatSweep of(EventExecutor executor) {
        return SWEEPS.of(executor);
    }

    /** The time of the last sweep: that in which peers could be heard. */
    long heardNanos() {
        return heardNanos;
    }

    /** One more, which is not in yet. */
    void add(Heartbeat member) {
        if (members.isEmpty()) {
            sweptNanos = executor.ticker().nanoTime();
            late = false;
        }
        member.place = members.size();
        members.add(member);
        sweepWithin(member.finenessNanos());
    }

    /** One less, which is in. Also in the middle of a sweep: the one that takes its place has been looked at already. */
    void remove(Heartbeat member) {
        Heartbeat last = members.remove(members.size() - 1);
        if (last != member) {
            members.set(member.place, last);
            last.place = member.place;
        }
        member.place = Heartbeat.NOWHERE;
        if (members.isEmpty()) {
            cancel();
        }
    }

    /** Somebody cannot wait longer for the next sweep. */
    void sweepWithin(long nanos) {
        long delayNanos = Math.max(FINEST_NANOS, Math.min(nanos, COARSEST_NANOS));
        long nowNanos = executor.ticker().nanoTime();
        if (timer == null || dueNanos - nowNanos > delayNanos) {
            cancel();
            dueNanos = nowNanos + delayNanos;
            timer = executor.schedule(this::sweep, delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void sweep() {
        timer = null;
        long nowNanos = executor.ticker().nanoTime();
        count(nowNanos);
        long finenessNanos = COARSEST_NANOS;
        for (int i = members.size() - 1; i >= 0; i--) { // backwards: whoever is removed is replaced by the last
            if (i < members.size()) {
                Heartbeat member = members.get(i);
                sweepOne(member, nowNanos);
                finenessNanos = Math.min(finenessNanos, member.finenessNanos());
            }
        }
        if (!members.isEmpty()) {
            sweepWithin(finenessNanos);
        }
    }

    /** What one of them meets must not end the sweep for the others. */
    private void sweepOne(Heartbeat member, long nowNanos) {
        try {
            member.sweep(heardNanos, nowNanos);
        } catch (Throwable e) {
            member.fail(e);
        }
    }

    private void count(long nowNanos) {
        long plannedNanos = dueNanos - sweptNanos;
        boolean isLate = nowNanos - dueNanos > plannedNanos;
        if (!isLate) {
            heardNanos += nowNanos - sweptNanos;
        } else if (late) {
            heardNanos += plannedNanos;
        }
        late = isLate;
        sweptNanos = nowNanos;
    }
}
