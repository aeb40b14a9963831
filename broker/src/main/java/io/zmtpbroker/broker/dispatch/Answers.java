package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * Decides which answers and parts of answers count: only those of principals that were handed the request.
 *
 * <p>An answer in one piece may come of any attempt. Parts are passed on of the attempt that runs only; with the first of them
 * the client has begun to hear this worker, and from then on no other can answer.
 *
 * @param <P> what a request carries
 */
final class Answers<P extends ReferenceCounted> {

    private final Attempts<P> attempts;
    private final Endings<P> endings;
    private final DispatchCounters counters;

    Answers(Attempts<P> attempts, Endings<P> endings, DispatchCounters counters) {
        this.attempts = attempts;
        this.endings = endings;
        this.counters = counters;
    }

    /**
     * Takes an answer.
     *
     * @param request null if none that is open has the id of the answer
     * @param worker which connection sends it; null if that says nothing
     * @param principal who sends it
     */
    AnswerResult answer(@Nullable Request<P> request, @Nullable Worker<P> worker, Principal principal, P content) {
        if (request == null) {
            counters.unknownAnswers++;
            return AnswerResult.UNKNOWN;
        }
        if (!request.wasTakenBy(principal)) {
            counters.foreignAnswers++;
            return AnswerResult.NOT_THEIRS;
        }
        if (isAnsweredByAnother(request, worker)) {
            counters.unknownAnswers++;
            return AnswerResult.UNKNOWN;
        }
        return endings.answer(request, content);
    }

    /**
     * Takes a part of an answer.
     *
     * @param request null if none that is open has the id of the part
     */
    PartialResult partial(@Nullable Request<P> request, Worker<P> worker, P content, long nowNanos) {
        if (request == null) {
            counters.unknownPartials++;
            return PartialResult.UNKNOWN;
        }
        if (!request.wasTakenBy(worker.principal)) {
            counters.foreignAnswers++;
            return PartialResult.NOT_THEIRS;
        }
        if (isAnsweredByAnother(request, worker)) {
            counters.unknownPartials++;
            return PartialResult.UNKNOWN;
        }
        boolean current = request.worker == worker;
        if (current) {
            attempts.beginTimeAnew(request, nowNanos);
        }
        Client<P> client = request.client();
        if (client.gone) {
            request.partLost = true;
            counters.discardedPartials++;
            return PartialResult.CLIENT_GONE;
        }
        if (client.stream == null || !current) {
            counters.gatheredPartials++;
            return PartialResult.GATHER;
        }
        request.streaming = true;
        counters.deliveredPartials++;
        client.stream.partial(request, content);
        return PartialResult.DELIVERED;
    }

    private static <P extends ReferenceCounted> boolean isAnsweredByAnother(
            Request<P> request, @Nullable Worker<P> worker) {
        return request.streaming && request.worker != worker;
    }
}
