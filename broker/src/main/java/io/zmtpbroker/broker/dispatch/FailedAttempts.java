package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * What follows when an attempt goes wrong: another attempt, a grace before it, or the end.
 *
 * @param <P> what a request carries
 */
final class FailedAttempts<P extends ReferenceCounted> {

    private final DispatchConfig config;
    private final Attempts<P> attempts;
    private final Endings<P> endings;
    private final DispatchCounters counters;

    FailedAttempts(DispatchConfig config, Attempts<P> attempts, Endings<P> endings, DispatchCounters counters) {
        this.config = config;
        this.attempts = attempts;
        this.endings = endings;
        this.counters = counters;
    }

    /** Ends the attempt whose time has run out first, and says whose request that was; null if none has. */
    @Nullable
    Service<P> expireOne(long nowNanos) {
        Request<P> request = attempts.due(nowNanos);
        if (request == null) {
            return null;
        }
        Service<P> service = request.service();
        if (request.state == RequestState.GRACE) {
            failWorkerGone(request);
        } else {
            failTimeout(request);
        }
        return service;
    }

    /** Parts a worker that has gone from all it holds. */
    void abandon(Worker<P> worker, long nowNanos) {
        // The unwritten ones are the last of those held: taking them from the end keeps their order.
        for (Request<P> last = worker.held.last();
                last != null && !worker.hasWritten(last);
                last = worker.held.last()) {
            attempts.takeBack(last);
        }
        for (Request<P> next = worker.held.first(); next != null; next = worker.held.first()) {
            if (config.workerGraceNanos() > 0) {
                attempts.beginGrace(next, nowNanos);
            } else {
                failWorkerGone(next);
            }
        }
    }

    private void failTimeout(Request<P> request) {
        if (retryOrFail(request)) {
            counters.retriedTimeout++;
        }
    }

    private void failWorkerGone(Request<P> request) {
        if (retryOrFail(request)) {
            counters.retriedWorkerGone++;
        }
    }

    private boolean retryOrFail(Request<P> request) {
        if (attempts.areUsed(request)) {
            endings.fail(request, FailureReason.ATTEMPTS_USED);
            return false;
        }
        attempts.retry(request);
        return true;
    }
}
