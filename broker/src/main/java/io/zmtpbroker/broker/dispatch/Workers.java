package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;

/**
 * Lets workers come and go, and knows how many are here.
 *
 * @param <P> what a request carries
 */
final class Workers<P extends ReferenceCounted> {

    private final Services<P> services;
    private final ServiceWaits<P> waits;
    private final Matcher<P> matcher;
    private final OutLimits<P> limits;
    private final FailedAttempts<P> failedAttempts;
    private int here;

    Workers(
            Services<P> services,
            ServiceWaits<P> waits,
            Matcher<P> matcher,
            OutLimits<P> limits,
            FailedAttempts<P> failedAttempts) {
        this.services = services;
        this.waits = waits;
        this.matcher = matcher;
        this.limits = limits;
        this.failedAttempts = failedAttempts;
    }

    /** How many have not gone. */
    int here() {
        return here;
    }

    Worker<P> open(Service<P> service, TaskPort<P> port, WorkerKind kind, Principal principal) {
        Worker<P> worker = new Worker<>(services.use(service), port, kind, principal);
        here++;
        limits.relieveAll(); // each may have one more out
        waits.update(worker.service);
        return worker;
    }

    /**
     * Parts a worker that goes, or has gone, from all it has.
     *
     * @param mayStillAnswer whether what was written to it gets a grace
     */
    void leave(Worker<P> worker, boolean mayStillAnswer, long nowNanos) {
        Service<P> service = worker.service;
        if (!worker.gone) {
            matcher.remove(worker);
            worker.leave(nowNanos);
            here--;
            waits.update(service);
        }
        failedAttempts.abandon(worker, mayStillAnswer, nowNanos);
        services.forgetIfUnused(service);
        matcher.match(service, nowNanos);
    }
}
