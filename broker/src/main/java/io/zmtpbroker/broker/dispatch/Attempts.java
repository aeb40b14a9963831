package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends attempts, and keeps their deadlines.
 *
 * @param <P> what a request carries
 */
final class Attempts<P extends ReferenceCounted> {

    private final DispatchConfig config;
    private final RequestBook<P> book;
    private final OutLimits<P> limits;
    private final DispatchCounters counters;
    private final DeadlineHeap<Request<P>> deadlines = new DeadlineHeap<>();

    Attempts(DispatchConfig config, RequestBook<P> book, OutLimits<P> limits, DispatchCounters counters) {
        this.config = config;
        this.book = book;
        this.limits = limits;
        this.counters = counters;
    }

    /** Hands the request, which is in no line any more, to the worker. */
    void begin(Request<P> request, Worker<P> worker, long nowNanos) {
        book.change(request, RequestState.RUNNING);
        request.attempts++;
        counters.attempts++;
        worker.hold(request);
        limits.begin(request.client(), worker);
        if (config.attemptTimeoutNanos() > 0) {
            deadlines.add(request, nowNanos + config.attemptTimeoutNanos());
        }
        worker.port.assign(request);
    }

    /** Parts the request from its worker and its deadline. The caller moves it on. */
    void end(Request<P> request) {
        Worker<P> worker = request.worker;
        if (worker != null) {
            worker.release(request);
            if (request.state == RequestState.RUNNING) {
                limits.end(request.client(), worker);
            }
        }
        deadlines.remove(request);
        request.returning = false;
    }

    /** Ends the attempt as if it had never been, and puts the request back ahead of those that wait. */
    void takeBack(Request<P> request) {
        end(request);
        request.attempts--;
        book.waitFirst(request);
    }

    /** Ends a failed attempt that is not the last, and puts the request behind those that wait. */
    void retry(Request<P> request, long nowNanos) {
        end(request);
        book.waitLast(request, nowNanos);
    }

    /** Lets the time of a running attempt begin anew. */
    void beginTimeAnew(Request<P> request, long nowNanos) {
        if (request.state == RequestState.RUNNING && deadlines.contains(request)) {
            deadlines.remove(request);
            deadlines.add(request, nowNanos + config.attemptTimeoutNanos());
        }
    }

    /** Takes the request from its worker, but leaves the attempt open until the grace or its deadline ends. */
    void beginGrace(Request<P> request, long nowNanos) {
        long endNanos = nowNanos + config.workerGraceNanos();
        if (deadlines.contains(request) && deadlines.nanosOf(request) - endNanos < 0) {
            endNanos = deadlines.nanosOf(request);
        }
        Worker<P> lost = request.worker;
        if (lost != null) {
            limits.end(request.client(), lost);
        }
        request.place.unlink();
        deadlines.remove(request);
        book.change(request, RequestState.GRACE);
        deadlines.add(request, endNanos);
    }

    boolean areUsed(Request<P> request) {
        return config.maxAttempts() > 0 && request.attempts >= config.maxAttempts();
    }

    /** A request whose attempt or grace has run out, earliest first; or null. */
    @Nullable
    Request<P> due(long nowNanos) {
        return deadlines.isEmpty() || nowNanos - deadlines.firstNanos() < 0 ? null : deadlines.first();
    }

    boolean hasDeadline() {
        return !deadlines.isEmpty();
    }

    long nextDeadlineNanos() {
        return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.firstNanos();
    }
}
