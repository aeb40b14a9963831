package io.zmtpbroker.broker.net;

import io.zmtpbroker.broker.observe.Counters;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how often the queue became full, and tells the operator: then no client is read, and nothing else would say why nobody is
 * served, as where requests wait for a service that has no workers. Under a load that keeps it nearly full it is told once a minute.
 * Confined to the dispatch loop.
 */
final class QueueWatch {

    static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");

    private final Counters counters;
    private boolean full;
    private boolean told;
    private boolean everTold;
    private long toldNanos;

    QueueWatch(Counters counters) {
        this.counters = counters;
    }

    /**
     * A turn has ended.
     *
     * @param isFull whether no client is read
     * @param octets that are queued
     * @param nowNanos the time
     */
    void endTurn(boolean isFull, long octets, long nowNanos) {
        if (isFull == full) {
            return;
        }
        full = isFull;
        if (isFull) {
            counters.queueFull();
            tellFull(octets, nowNanos);
        } else if (told) {
            told = false;
            LOG.info("the queue has room again");
        }
    }

    private void tellFull(long octets, long nowNanos) {
        if (everTold && nowNanos - toldNanos < PAUSE_NANOS) {
            return;
        }
        told = true;
        everTold = true;
        toldNanos = nowNanos;
        LOG.warn(
                "the queue is full ({} octets; see --max-queued-bytes and --service-wait): no client is read until workers take some",
                octets);
    }
}
