package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;

/**
 * Decides which worker is given which request, tries again where an attempt fails, and gives every request exactly one end.
 *
 * <p>Events come in through the {@code on...} methods, effects go out through the ports while such a method runs. Confined
 * to one thread. Times are values of one clock like {@link System#nanoTime()} and never go back.
 *
 * <p>A port must not call back into the dispatcher, and must not throw. If it throws nevertheless, the exception goes to the
 * caller of the event and the rest of that event is left undone: each request is still in exactly one state, and ends
 * once. A request whose assignment threw counts as held and unwritten; one whose answer or failure threw has ended. Whoever
 * waits although a worker is idle is handed out at the next event that concerns that service.
 *
 * @param <P> what a request carries
 */
public final class Dispatcher<P extends ReferenceCounted> {

    private final DispatchCounters counters = new DispatchCounters();
    private final Services<P> services = new Services<>();
    private final Clients<P> clients = new Clients<>();
    private final IntakeGate gate;
    private final RequestTable<P> table;
    private final ServiceWaits<P> waits;
    private final RequestBook<P> book;
    private final Attempts<P> attempts;
    private final OutLimits<P> limits = new OutLimits<>();
    private final Matcher<P> matcher;
    private final Endings<P> endings;
    private final FailedAttempts<P> failedAttempts;
    private final Answers<P> answers;
    private final Workers<P> workers;

    private boolean failing;
    private boolean inEvent;

    public Dispatcher(DispatchConfig config, IdSource ids, Intake intake) {
        gate = new IntakeGate(intake, config.maxQueuedOctets());
        table = new RequestTable<>(ids);
        waits = new ServiceWaits<>(config);
        book = new RequestBook<>(table, services, gate, waits);
        attempts = new Attempts<>(config, book, limits, counters);
        matcher = new Matcher<>(book, attempts, limits);
        endings = new Endings<>(table, book, attempts, counters);
        failedAttempts = new FailedAttempts<>(config, attempts, endings, counters);
        answers = new Answers<>(attempts, endings, counters);
        workers = new Workers<>(services, waits, matcher, limits, failedAttempts);
    }

    /** The service of that name. It needs no closing: it is forgotten while it has no workers and no requests. */
    public Service<P> service(String name) {
        return services.named(name);
    }

    /** What all requests that have not ended are charged with. */
    public long queuedOctets() {
        return gate.octets();
    }

    /** Whether that service has a worker, busy or not. */
    public boolean isOffered(String serviceName) {
        return services.isOffered(serviceName);
    }

    /** Makes a client that asks from now on, until {@link #onClientGone}, and takes one reply to each request. */
    public Client<P> openClient(ReplyPort<P> port, GonePolicy policy) {
        Client<P> client = new Client<>(port, policy, null);
        clients.add(client);
        return client;
    }

    /** Makes a client like {@link #openClient}, but one that takes an answer in parts. */
    public Client<P> openStreamClient(StreamPort<P> port, GonePolicy policy) {
        Client<P> client = new Client<>(port, policy, port);
        clients.add(client);
        return client;
    }

    /**
     * Makes a worker, still without credit, until {@link #onWorkerGone} or {@link #onWorkerLeft}.
     *
     * @param principal who may answer what this worker is handed
     */
    public Worker<P> openWorker(Service<P> service, TaskPort<P> port, WorkerKind kind, Principal principal) {
        return workers.open(service, port, kind, principal);
    }

    /**
     * A client asks. One that has gone may still be heard: its policy says whether its request goes on.
     *
     * @param payload taken over, and released exactly once
     * @param octets what the request is charged with against {@link DispatchConfig#maxQueuedOctets()}: its payload and what it
     *     costs beside that; not negative
     */
    public void onRequest(Client<P> client, Service<P> service, P payload, int octets, long nowNanos) {
        assert octets >= 0 : octets;
        begin();
        try {
            counters.accepted++;
            clients.keep(client);
            Request<P> request = book.enter(client, service, payload, octets, nowNanos);
            if (failing) {
                endings.fail(request, FailureReason.STOPPED);
            } else if (client.gone && client.policy == GonePolicy.DROP) {
                endings.drop(request);
            } else {
                matcher.match(request.service(), nowNanos);
            }
        } finally {
            end();
        }
    }

    /**
     * A worker can take more tasks. Ignored when it has gone.
     *
     * @param credit how many more, at least 1
     */
    public void onReady(Worker<P> worker, int credit, long nowNanos) {
        if (credit < 1) {
            throw new IllegalArgumentException("credit must be positive: " + credit);
        }
        begin();
        try {
            if (!worker.gone) {
                matcher.addCredit(worker, credit);
                matcher.match(worker.service, nowNanos);
            }
        } finally {
            end();
        }
    }

    /**
     * A worker that has said nothing is taken to be ready for one task: it is given what no worker can take that has said so.
     * Ignored when it has gone.
     */
    public void onPerhapsReady(Worker<P> worker, long nowNanos) {
        begin();
        try {
            if (!worker.gone) {
                matcher.addGuessedCredit(worker);
                matcher.match(worker.service, nowNanos);
            }
        } finally {
            end();
        }
    }

    /** A worker takes no task after all: it loses the credit it has left. */
    public void onNotReady(Worker<P> worker) {
        begin();
        try {
            matcher.remove(worker);
            worker.dropCredit();
        } finally {
            end();
        }
    }

    /**
     * An answer has come, of whichever attempt. The first one ends the request, wherever it is, unless a worker has begun to
     * answer it in parts: that one is known by its connection, so it was not this.
     *
     * @param principal who sends it: it counts if this one was handed the request
     * @param content borrowed for the call
     */
    public AnswerResult onAnswer(Principal principal, long idHigh, long idLow, P content, long nowNanos) {
        begin();
        try {
            AnswerResult result = answers.answer(table.find(idHigh, idLow), null, principal, content);
            matcher.matchRelieved(nowNanos);
            return result;
        } finally {
            end();
        }
    }

    /**
     * An answer has come from this worker, of an attempt that runs or of an earlier one. The first one ends the request, wherever
     * it is, unless another worker has begun to answer it in parts. It counts if the worker's principal was handed the request.
     *
     * @param content borrowed for the call
     */
    public AnswerResult onAnswer(Worker<P> worker, long idHigh, long idLow, P content, long nowNanos) {
        begin();
        try {
            AnswerResult result = answers.answer(table.find(idHigh, idLow), worker, worker.principal, content);
            matcher.matchRelieved(nowNanos);
            return result;
        } finally {
            end();
        }
    }

    /**
     * A part of an answer has come from this worker, with more to follow. If the worker holds that task, this is a sign of life:
     * the time of the attempt begins anew.
     *
     * @param content borrowed for the call
     */
    public PartialResult onPartial(Worker<P> worker, long idHigh, long idLow, P content, long nowNanos) {
        begin();
        try {
            return answers.partial(table.find(idHigh, idLow), worker, content, nowNanos);
        } finally {
            end();
        }
    }

    /**
     * It has turned out that this worker never received that task. If the task is still the worker's, or its grace runs, it waits
     * at the front again, and that attempt does not count. The worker gets no credit back.
     *
     * @return whether it was taken back
     */
    public boolean onReturned(Worker<P> worker, long idHigh, long idLow, long nowNanos) {
        begin();
        try {
            Request<P> request = table.find(idHigh, idLow);
            if (request == null || request.worker != worker) {
                return false;
            }
            boolean takenBack = failedAttempts.takeBackUnreceived(request);
            matcher.match(worker.service, nowNanos);
            return takenBack;
        } finally {
            end();
        }
    }

    /**
     * This worker may never have received that task. If it is still the worker's, its answer is waited for as long as the grace
     * lasts; then it goes the way of {@link #onReturned}.
     *
     * @return whether the worker, or its grace, had that task
     */
    public boolean returnUnlessAnswered(Worker<P> worker, long idHigh, long idLow, long nowNanos) {
        begin();
        try {
            Request<P> request = table.find(idHigh, idLow);
            if (request == null || request.worker != worker) {
                return false;
            }
            failedAttempts.takeBackUnlessAnswered(request, nowNanos);
            matcher.match(worker.service, nowNanos);
            return true;
        } finally {
            end();
        }
    }

    /** All that this worker was assigned so far has been handed to the kernel, completely. */
    public void onWritten(Worker<P> worker) {
        begin();
        try {
            worker.writtenSoFar();
        } finally {
            end();
        }
    }

    /**
     * The connection of a worker is lost. What was never written to it waits at the front again, and that attempt does not
     * count. What was written to one that answers elsewhere stays answerable for the grace, or until the attempt's deadline if
     * that is sooner; then the attempt has failed. With one that answers here it has failed at once. Ignored when it has gone
     * before.
     */
    public void onWorkerGone(Worker<P> worker, long nowNanos) {
        depart(worker, worker.kind == WorkerKind.ANSWERS_ELSEWHERE, nowNanos);
    }

    /**
     * A worker will answer nothing any more: it said goodbye, or was given up. What was never written to it waits at the front
     * again; the other attempts have failed, without a grace. Ignored when it has gone before.
     */
    public void onWorkerLeft(Worker<P> worker, long nowNanos) {
        depart(worker, false, nowNanos);
    }

    private void depart(Worker<P> worker, boolean mayStillAnswer, long nowNanos) {
        begin();
        try {
            workers.leave(worker, mayStillAnswer, nowNanos);
        } finally {
            end();
        }
    }

    /** A client has gone: it is told nothing any more, and its requests go the way of its policy. Ignored when it has gone before. */
    public void onClientGone(Client<P> client, long nowNanos) {
        begin();
        try {
            if (!client.gone) {
                clients.leave(client);
                if (client.policy == GonePolicy.DROP) {
                    endings.dropAll(client);
                }
                client.unblock();
                limits.limit(client, Integer.MAX_VALUE);
                matcher.matchLanes(client, nowNanos);
            }
        } finally {
            end();
        }
    }

    /**
     * A client that had gone is here again, behind the same port: what ends from now on is delivered. Only what was being
     * answered in parts fails, since some of them were lost, or may have been with its connection. Ignored when it has not gone.
     */
    public void onClientBack(Client<P> client) {
        begin();
        try {
            if (client.gone) {
                clients.comeBack(client);
                endings.failBroken(client);
            }
        } finally {
            end();
        }
    }

    /** A client takes no more answers for now: none of its requests is handed out. Ignored when it is blocked or has gone. */
    public void onClientBlocked(Client<P> client) {
        begin();
        try {
            if (!client.gone) {
                client.block();
            }
        } finally {
            end();
        }
    }

    /** A client takes answers again. What was passed over is next, in its order. Ignored when it is not blocked. */
    public void onClientUnblocked(Client<P> client, long nowNanos) {
        begin();
        try {
            client.unblock();
            matcher.matchLanes(client, nowNanos);
        } finally {
            end();
        }
    }

    /**
     * So many requests of a client may be out at workers that answer elsewhere, and in any case as many as a service has workers;
     * others step aside until one is answered or its attempt has ended. Ignored when the client has gone.
     *
     * @param maxOut at least 1; Integer.MAX_VALUE for no limit, as at the beginning
     */
    public void onClientLimited(Client<P> client, int maxOut, long nowNanos) {
        begin();
        try {
            if (!client.gone) {
                limits.limit(client, maxOut);
                matcher.matchRelieved(nowNanos);
            }
        } finally {
            end();
        }
    }

    /** Time has passed: attempts end whose deadline has come, and vain waits for a service. To be called at {@link #nextDeadlineNanos}, or at any time. */
    public void onTick(long nowNanos) {
        begin();
        try {
            Service<P> service = failedAttempts.expireOne(nowNanos);
            while (service != null) {
                matcher.match(service, nowNanos);
                service = failedAttempts.expireOne(nowNanos);
            }
            Request<P> unserved = waits.due(nowNanos);
            while (unserved != null) {
                endings.fail(unserved, FailureReason.NO_WORKER);
                unserved = waits.due(nowNanos);
            }
        } finally {
            end();
        }
    }

    /** Hands nothing out from now on. What runs may be answered; what fails waits. */
    public void stopAssigning() {
        matcher.stop();
    }

    /** Ends every request with the failure answer, and fails at once each that still comes. Hands nothing out from now on. */
    public void failAll(long nowNanos) {
        begin();
        try {
            matcher.stop();
            failing = true;
            for (Client<P> client = clients.first(); client != null; ) {
                Client<P> next = clients.after(client); // a client that has gone leaves with its last request
                endings.failAll(client, FailureReason.STOPPED);
                client = next;
            }
            matcher.matchRelieved(nowNanos);
        } finally {
            end();
        }
    }

    /** How many requests are handed out and not answered, those in their grace included. */
    public int runningCount() {
        return book.count(RequestState.RUNNING) + book.count(RequestState.GRACE);
    }

    public boolean isRunningEmpty() {
        return runningCount() == 0;
    }

    public boolean hasDeadline() {
        return attempts.hasDeadline() || waits.hasDeadline();
    }

    /** When {@link #onTick} is due. Long.MAX_VALUE, which is no time to compare with, if there is no deadline. */
    public long nextDeadlineNanos() {
        if (!waits.hasDeadline()) {
            return attempts.nextDeadlineNanos();
        }
        long waitEnds = waits.nextDeadlineNanos();
        return attempts.hasDeadline() && attempts.nextDeadlineNanos() - waitEnds < 0
                ? attempts.nextDeadlineNanos()
                : waitEnds;
    }

    /** Counts on while the dispatcher works. */
    public DispatchCounters counters() {
        return counters;
    }

    public DispatchSnapshot snapshot() {
        return new DispatchSnapshot(
                book.count(RequestState.WAITING),
                book.count(RequestState.PARKED),
                runningCount(),
                gate.octets(),
                clients.here(),
                workers.here(),
                matcher.idleWorkers());
    }

    private void begin() {
        assert !inEvent : "a port called back into the dispatcher";
        inEvent = true;
    }

    private void end() {
        try {
            gate.update();
        } finally {
            inEvent = false;
        }
    }
}
