package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;

/**
 * Ends requests, each exactly once: off the book first, then the client is told, at last the payload is released.
 *
 * @param <P> what a request carries
 */
final class Endings<P extends ReferenceCounted> {

    private final RequestTable<P> table;
    private final RequestBook<P> book;
    private final Attempts<P> attempts;
    private final DispatchCounters counters;

    Endings(RequestTable<P> table, RequestBook<P> book, Attempts<P> attempts, DispatchCounters counters) {
        this.table = table;
        this.book = book;
        this.attempts = attempts;
        this.counters = counters;
    }

    AnswerResult answer(Request<P> request, P content) {
        boolean late = request.state == RequestState.WAITING || request.state == RequestState.PARKED;
        Client<P> client = request.client();
        close(request);
        try {
            if (client.gone) {
                counters.discardedClientGone++;
                return AnswerResult.CLIENT_GONE;
            }
            counters.answered++;
            if (late) {
                counters.lateAnswers++;
            }
            client.port.answer(request, content);
            return late ? AnswerResult.LATE : AnswerResult.ANSWERED;
        } finally {
            forget(request, client);
        }
    }

    void fail(Request<P> request, FailureReason reason) {
        Client<P> client = request.client();
        close(request);
        counters.countFailure(reason);
        try {
            if (!client.gone) {
                client.port.fail(request);
            }
        } finally {
            forget(request, client);
        }
    }

    void drop(Request<P> request) {
        Client<P> client = request.client();
        close(request);
        counters.droppedClientGone++;
        forget(request, client);
    }

    void failAll(Client<P> client, FailureReason reason) {
        for (Request<P> next = client.open.first(); next != null; next = client.open.first()) {
            fail(next, reason);
        }
    }

    /** Fails the requests of a client that has come back whose answer it can only get with a gap. */
    void failBroken(Client<P> client) {
        for (Request<P> request = client.open.first(); request != null; ) {
            Request<P> next = client.open.after(request.ofClient);
            if (request.streaming || request.partLost) {
                fail(request, FailureReason.STREAM_BROKEN);
            }
            request = next;
        }
    }

    void dropAll(Client<P> client) {
        for (Request<P> next = client.open.first(); next != null; next = client.open.first()) {
            drop(next);
        }
    }

    private void close(Request<P> request) {
        switch (request.state) {
            case WAITING, PARKED -> book.stopWaiting(request);
            case RUNNING, GRACE -> attempts.end(request);
            case ENDED -> throw new AssertionError("ended before");
        }
        book.strike(request);
    }

    private void forget(Request<P> request, Client<P> client) {
        table.recycle(request);
        client.forgetIfDone();
    }
}
