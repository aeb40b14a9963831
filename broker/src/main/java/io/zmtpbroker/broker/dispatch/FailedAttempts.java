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
        if (request.returning) {
            takeBackUnreceived(request);
        } else if (request.state == RequestState.GRACE) {
            failWorkerGone(request, nowNanos);
        } else {
            failTimeout(request, nowNanos);
        }
        return service;
    }

    /**
     * Parts a worker that has gone from all it holds.
     *
     * @param mayStillAnswer whether what was written to it gets a grace
     */
    void abandon(Worker<P> worker, boolean mayStillAnswer, long nowNanos) {
        // The unwritten ones are the last of those held: taking them from the end keeps their order.
        for (Request<P> last = worker.held.last();
                last != null && !worker.hasWritten(last);
                last = worker.held.last()) {
            if (takeBackOrFail(last)) {
                counters.returnedUnwritten++;
            }
        }
        for (Request<P> next = worker.held.first(); next != null; next = worker.held.first()) {
            if (mayStillAnswer && config.workerGraceNanos() > 0) {
                attempts.beginGrace(next, nowNanos);
            } else {
                failWorkerGone(next, nowNanos);
            }
        }
    }

    /** Takes back an attempt whose worker has never received the task, and says whether that could be. */
    boolean takeBackUnreceived(Request<P> request) {
        boolean takenBack = takeBackOrFail(request);
        if (takenBack) {
            counters.returnedUnreceived++;
        }
        return takenBack;
    }

    /** Does so when the grace is over, unless an answer has come by then. */
    void takeBackUnlessAnswered(Request<P> request, long nowNanos) {
        if (request.state == RequestState.RUNNING && config.workerGraceNanos() > 0) {
            attempts.beginGrace(request, nowNanos);
        }
        if (request.state == RequestState.GRACE) {
            request.returning = true;
        } else {
            takeBackUnreceived(request);
        }
    }

    private void failTimeout(Request<P> request, long nowNanos) {
        if (retryOrFail(request, nowNanos)) {
            counters.retriedTimeout++;
        }
    }

    private void failWorkerGone(Request<P> request, long nowNanos) {
        if (retryOrFail(request, nowNanos)) {
            counters.retriedWorkerGone++;
        }
    }

    private boolean retryOrFail(Request<P> request, long nowNanos) {
        if (failIfStreaming(request)) {
            return false;
        }
        if (attempts.areUsed(request)) {
            endings.fail(request, FailureReason.ATTEMPTS_USED);
            return false;
        }
        attempts.retry(request, nowNanos);
        return true;
    }

    private boolean takeBackOrFail(Request<P> request) {
        if (failIfStreaming(request)) {
            return false;
        }
        attempts.takeBack(request);
        return true;
    }

    private boolean failIfStreaming(Request<P> request) {
        if (request.streaming) {
            endings.fail(request, FailureReason.STREAM_BROKEN);
            return true;
        }
        return false;
    }
}
