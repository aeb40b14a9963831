package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;

/**
 * Brings together waiting requests and idle workers of one service.
 *
 * @param <P> what a request carries
 */
final class Matcher<P extends ReferenceCounted> {

    private final RequestBook<P> book;
    private final Attempts<P> attempts;
    private final OutLimits<P> limits;
    private boolean stopped;
    private int idleWorkers;

    Matcher(RequestBook<P> book, Attempts<P> attempts, OutLimits<P> limits) {
        this.book = book;
        this.attempts = attempts;
        this.limits = limits;
    }

    /** Hands out nothing from now on. */
    void stop() {
        stopped = true;
    }

    int idleWorkers() {
        return idleWorkers;
    }

    void addCredit(Worker<P> worker, int more) {
        worker.addCredit(more);
        if (!worker.idle.isLinked()) {
            worker.service.idle.addLast(worker.idle);
            idleWorkers++;
        }
    }

    /** Gives a worker one credit on a guess. */
    void addGuessedCredit(Worker<P> worker) {
        worker.addCredit(1);
        if (!worker.idle.isLinked()) {
            worker.service.perhapsIdle.addLast(worker.idle);
            idleWorkers++;
        }
    }

    void remove(Worker<P> worker) {
        if (worker.idle.isLinked()) {
            worker.idle.unlink();
            idleWorkers--;
        }
    }

    /** Hands out for as long as there are both, and what else has become possible. */
    void match(Service<P> service, long nowNanos) {
        matchOne(service, nowNanos);
        matchRelieved(nowNanos);
    }

    /** Does so for each service that has requests of this client set aside. */
    void matchLanes(Client<P> client, long nowNanos) {
        matchLanesOf(client, nowNanos);
        matchRelieved(nowNanos);
    }

    /** Does so for those who had enough out, and have less. */
    void matchRelieved(long nowNanos) {
        for (Client<P> next = limits.nextRelieved(); next != null; next = limits.nextRelieved()) {
            matchLanesOf(next, nowNanos);
        }
    }

    private void matchLanesOf(Client<P> client, long nowNanos) {
        for (Lane<P> lane = client.lanes.first(); lane != null; ) {
            Lane<P> next = client.lanes.after(lane.ofClient); // matching may dissolve this lane, no other
            matchOne(lane.service, nowNanos);
            lane = next;
        }
    }

    private void matchOne(Service<P> service, long nowNanos) {
        Worker<P> worker;
        Request<P> request;
        while (!stopped && (worker = service.nextWorker()) != null && (request = service.line.first()) != null) {
            Client<P> client = request.client();
            if (client.isHeldBack()) {
                service.line.setAside(request);
                book.change(request, RequestState.PARKED);
            } else if (limits.isEnough(client, worker)) {
                limits.holdBack(client);
            } else {
                service.line.take(request);
                handOut(request, worker, nowNanos);
            }
        }
    }

    private void handOut(Request<P> request, Worker<P> worker, long nowNanos) {
        if (worker.credit() == 1) {
            remove(worker);
        } else {
            worker.service.idle.moveToLast(worker.idle);
        }
        attempts.begin(request, worker, nowNanos);
    }
}
