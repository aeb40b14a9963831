package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A dispatcher with everything around it: it makes ids and payloads, and writes down each effect as a sentence. The time is
 * {@link #now}, for a test to set.
 */
final class Scene implements Intake {

    static final int OCTETS = 10;

    /** No limits of any kind. */
    static final DispatchConfig UNLIMITED = new DispatchConfig(0, 0, 0, Long.MAX_VALUE);

    final Dispatcher<Payload> dispatcher;
    final Service<Payload> service;
    long now;

    /** The clients that were forgotten, in their order. */
    final List<String> forgotten = new ArrayList<>();

    private final List<String> effects = new ArrayList<>();
    private final Map<String, Payload> payloads = new LinkedHashMap<>();
    private final Map<String, Long> ids = new LinkedHashMap<>();
    private long lastId;

    Scene(DispatchConfig config) {
        dispatcher = new Dispatcher<>(config, () -> ++lastId, this);
        service = dispatcher.service("");
    }

    Client<Payload> client(String name) {
        return client(name, GonePolicy.RUN);
    }

    Client<Payload> client(String name, GonePolicy policy) {
        return dispatcher.openClient(new Inbox(name), policy);
    }

    /** A client that takes answers in parts. */
    Client<Payload> streamClient(String name, GonePolicy policy) {
        return dispatcher.openStreamClient(new StreamInbox(name), policy);
    }

    Worker<Payload> worker(String name) {
        return worker(name, service);
    }

    Worker<Payload> worker(String name, Service<Payload> of) {
        return worker(name, of, WorkerKind.ANSWERS_ELSEWHERE);
    }

    Worker<Payload> worker(String name, Service<Payload> of, WorkerKind kind) {
        return worker(name, of, kind, Principal.ANYBODY);
    }

    Worker<Payload> worker(String name, Service<Payload> of, WorkerKind kind, Principal principal) {
        return dispatcher.openWorker(of, request -> effects.add(name + " takes " + request.payload()), kind, principal);
    }

    /** A worker that answers elsewhere, on a way of its own. */
    Worker<Payload> workerOn(TaskPort<Payload> port) {
        return dispatcher.openWorker(service, port, WorkerKind.ANSWERS_ELSEWHERE, Principal.ANYBODY);
    }

    /** A worker that answers where it is asked. */
    Worker<Payload> answeringHere(String name) {
        return worker(name, service, WorkerKind.ANSWERS_HERE);
    }

    Worker<Payload> readyWorker(String name) {
        Worker<Payload> worker = worker(name);
        ready(worker);
        return worker;
    }

    void ask(Client<Payload> client, String... names) {
        for (String name : names) {
            ask(client, service, name, OCTETS);
        }
    }

    void ask(Client<Payload> client, Service<Payload> of, String name, int octets) {
        Payload payload = new Payload(name);
        payloads.put(name, payload);
        ids.put(name, lastId + 1);
        dispatcher.onRequest(client, of, payload, octets, now);
    }

    void ready(Worker<Payload> worker) {
        ready(worker, 1);
    }

    void ready(Worker<Payload> worker, int credit) {
        dispatcher.onReady(worker, credit, now);
    }

    /** Answers a request with its own name in capitals. */
    AnswerResult answer(String name) {
        return answer(Principal.ANYBODY, name);
    }

    /** Answers so in a name. */
    AnswerResult answer(Principal principal, String name) {
        long idHigh = idHigh(name);
        Payload content = new Payload(name.toUpperCase(Locale.ROOT));
        AnswerResult result = dispatcher.onAnswer(principal, idHigh, idHigh + 1, content, now);
        assertThat(content.refCnt()).as("the content is borrowed").isEqualTo(1);
        return result;
    }

    /** Answers so as this worker. */
    AnswerResult answer(Worker<Payload> worker, String name) {
        long idHigh = idHigh(name);
        Payload content = new Payload(name.toUpperCase(Locale.ROOT));
        AnswerResult result = dispatcher.onAnswer(worker, idHigh, idHigh + 1, content, now);
        assertThat(content.refCnt()).as("the content is borrowed").isEqualTo(1);
        return result;
    }

    /** Answers a part of a request. */
    PartialResult partial(Worker<Payload> worker, String name, String part) {
        long idHigh = idHigh(name);
        Payload content = new Payload(part);
        PartialResult result = dispatcher.onPartial(worker, idHigh, idHigh + 1, content, now);
        assertThat(content.refCnt()).as("the content is borrowed").isEqualTo(1);
        return result;
    }

    boolean returned(Worker<Payload> worker, String name) {
        return dispatcher.onReturned(worker, idHigh(name), idHigh(name) + 1, now);
    }

    boolean returnUnlessAnswered(Worker<Payload> worker, String name) {
        return dispatcher.returnUnlessAnswered(worker, idHigh(name), idHigh(name) + 1, now);
    }

    void tickAt(long nowNanos) {
        now = nowNanos;
        dispatcher.onTick(nowNanos);
    }

    /** What has happened since the last call. */
    List<String> effects() {
        List<String> happened = List.copyOf(effects);
        effects.clear();
        return happened;
    }

    boolean isReleased(String name) {
        return Objects.requireNonNull(payloads.get(name)).isReleased();
    }

    /** Ends what is open, and looks at what is left. */
    void verifyNothingIsLeft() {
        dispatcher.failAll(now);

        assertThat(payloads.values()).allMatch(Payload::isReleased);
        DispatchSnapshot left = dispatcher.snapshot();
        assertThat(left.waiting() + left.parked() + left.running()).isZero();
        assertThat(left.queuedOctets()).isZero();
        assertThat(dispatcher.hasDeadline()).isFalse();
        DispatchCounters counters = dispatcher.counters();
        assertThat(counters.accepted()).isEqualTo(ended(counters)).isEqualTo(payloads.size());
    }

    static long ended(DispatchCounters counters) {
        long ended = counters.answered() + counters.discardedClientGone() + counters.droppedClientGone();
        for (FailureReason reason : FailureReason.values()) {
            ended += counters.failed(reason);
        }
        return ended;
    }

    @Override
    public void pause() {
        effects.add("pause");
    }

    @Override
    public void resume() {
        effects.add("resume");
    }

    private long idHigh(String name) {
        return Objects.requireNonNull(ids.get(name));
    }

    private class Inbox implements ReplyPort<Payload> {

        private final String name;

        Inbox(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        @Override
        public void answer(Request<Payload> request, Payload content) {
            effects.add(name + " gets " + content + " for " + request.payload());
        }

        @Override
        public void fail(Request<Payload> request) {
            effects.add(name + " is refused " + request.payload());
        }

        @Override
        public void forgotten() {
            forgotten.add(name);
        }
    }

    private final class StreamInbox extends Inbox implements StreamPort<Payload> {

        StreamInbox(String name) {
            super(name);
        }

        @Override
        public void partial(Request<Payload> request, Payload content) {
            effects.add(name() + " hears " + content + " of " + request.payload());
        }
    }
}
