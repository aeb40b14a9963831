package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * Knows which requests have waited long enough for a service that nobody offers: for as long as is configured, they have waited
 * and the service has had no worker.
 *
 * <p>A service that is not offered has one entry here, for the one of its requests that is first to fail. So a worker that
 * comes or goes costs the same, however many wait.
 *
 * @param <P> what a request carries
 */
final class ServiceWaits<P extends ReferenceCounted> {

    private final long waitNanos;
    private final DeadlineHeap<Service<P>> ends = new DeadlineHeap<>();

    ServiceWaits(DispatchConfig config) {
        waitNanos = config.serviceWaitNanos();
    }

    /** To be called when a request has joined or left the service's line, and when the service has got a worker or lost one. */
    void update(Service<P> service) {
        if (waitNanos == 0) {
            return;
        }
        Request<P> next = service.isOffered() ? null : service.line.firstToExpire();
        if (next == null) {
            ends.remove(service);
            return;
        }
        long endNanos = later(next.waitingSinceNanos, service.unofferedSinceNanos) + waitNanos;
        if (ends.contains(service) && ends.nanosOf(service) != endNanos) {
            ends.remove(service);
        }
        if (!ends.contains(service)) {
            ends.add(service, endNanos);
        }
    }

    /** A request that has waited long enough, the longest first; or null. It stays where it is. */
    @Nullable
    Request<P> due(long nowNanos) {
        Service<P> service = ends.first();
        return service == null || nowNanos - ends.firstNanos() < 0 ? null : service.line.firstToExpire();
    }

    boolean hasDeadline() {
        return !ends.isEmpty();
    }

    /** When the next one is due; there must be one. */
    long nextDeadlineNanos() {
        return ends.firstNanos();
    }

    private static long later(long oneNanos, long otherNanos) {
        return oneNanos - otherNanos > 0 ? oneNanos : otherNanos;
    }
}
