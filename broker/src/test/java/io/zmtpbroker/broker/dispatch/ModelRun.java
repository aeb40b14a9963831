package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.dispatch.Model.Asked;
import io.zmtpbroker.broker.dispatch.Model.Asker;
import io.zmtpbroker.broker.dispatch.Model.Helper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** One dispatcher and one {@link Model}, given the same random events and compared after each. */
final class ModelRun {

    private static final List<String> SERVICES = List.of("", "", "", "echo", "sum");
    private static final List<Event> DECK = deck();

    /** Peers that are spoken to are among the latest so many. */
    private static final int LATEST = 8;

    /** What can happen, and how often beside the others. */
    private enum Event {
        REQUEST(30),
        READY(22),
        ANSWER(18),
        STALE_ANSWER(3),
        WRITTEN(8),
        TICK(12),
        CLIENT(3),
        WORKER(4),
        CLIENT_GONE(3),
        WORKER_GONE(4),
        BLOCKED(5),
        UNBLOCKED(5);

        final int weight;

        Event(int weight) {
            this.weight = weight;
        }
    }

    private final SplittableRandom random;
    private final DispatchConfig config;
    private final Scene scene;
    private final Model model;
    private final Map<Asker, Client<Payload>> clients = new HashMap<>();
    private final Map<Helper, Worker<Payload>> workers = new HashMap<>();
    private final int maxCredit;
    private final String seed;
    private int requests;
    private long handOuts;

    ModelRun(long seed) {
        this.seed = "seed " + seed;
        random = new SplittableRandom(seed);
        config = new DispatchConfig(
                random.nextInt(4),
                random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(300),
                random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(60),
                50 + random.nextInt(400));
        scene = new Scene(config);
        scene.now = random.nextBoolean() ? Long.MAX_VALUE - 5_000 : random.nextInt(1000) - 500;
        model = new Model(config);
        maxCredit = random.nextInt(1, 4);
        for (int i = 0; i < 3; i++) {
            openClient();
            openWorker();
        }
    }

    void step() {
        scene.now += random.nextInt(5);
        Event event = DECK.get(random.nextInt(DECK.size()));
        act(event);
        compare(event);
    }

    /** Lets the broker stop, in its steps, with events going on for a while; then nothing may be left. */
    void stop(int steps) {
        scene.dispatcher.stopAssigning();
        model.stopAssigning();
        for (int i = 0; i < steps; i++) {
            step();
        }
        scene.dispatcher.failAll(scene.now);
        model.failAll();
        compare(Event.TICK);
        for (int i = 0; i < steps; i++) {
            step();
        }
        assertThat(scene.dispatcher.counters().attempts()).as(seed).isEqualTo(handOuts);
        scene.verifyNothingIsLeft();
    }

    private void act(Event event) {
        switch (event) {
            case REQUEST -> request();
            case READY -> ready(anyWorker());
            case ANSWER -> answerOpen();
            case STALE_ANSWER -> answer(requests == 0 ? 0 : random.nextInt(requests));
            case WRITTEN -> written(anyWorker());
            case TICK -> tick();
            case CLIENT -> openClient();
            case WORKER -> openWorker();
            case CLIENT_GONE -> clientGone(anyClient());
            case WORKER_GONE -> workerGone(anyWorker());
            case BLOCKED -> block(anyClient());
            case UNBLOCKED -> unblock(anyClient());
        }
    }

    private void request() {
        if (scene.dispatcher.snapshot().queuedOctets() >= config.maxQueuedOctets() && random.nextInt(4) > 0) {
            return; // those who ask are not read, but for what was read before
        }
        Asker asker = anyClient();
        String service = anyService();
        int octets = random.nextInt(20);
        int number = requests++;
        model.request(number, asker, service, octets, scene.now);
        scene.ask(client(asker), scene.dispatcher.service(service), "r" + number, octets);
    }

    private void ready(Helper helper) {
        int credit = random.nextInt(1, maxCredit + 1);
        model.ready(helper, credit, scene.now);
        scene.ready(worker(helper), credit);
    }

    private void answerOpen() {
        List<Asked> held =
                model.open.values().stream().filter(asked -> asked.attempts > 0).toList();
        if (!held.isEmpty()) {
            answer(held.get(random.nextInt(held.size())).number);
        }
    }

    private void answer(int number) {
        if (number < requests) {
            AnswerResult expected = model.answer(number);
            assertThat(scene.answer("r" + number)).as(seed).isEqualTo(expected);
        }
    }

    private void written(Helper helper) {
        model.written(helper);
        scene.dispatcher.onWritten(worker(helper));
    }

    private void tick() {
        scene.now += random.nextInt(40);
        model.tick(scene.now);
        scene.tickAt(scene.now);
    }

    private void openClient() {
        GonePolicy policy = random.nextBoolean() ? GonePolicy.RUN : GonePolicy.DROP;
        Asker asker = new Asker("c" + clients.size(), policy);
        model.askers.add(asker);
        clients.put(asker, scene.client(asker.name, policy));
    }

    private void openWorker() {
        Helper helper = new Helper("w" + workers.size(), anyService());
        model.helpers.add(helper);
        workers.put(helper, scene.worker(helper.name, scene.dispatcher.service(helper.service)));
    }

    private void clientGone(Asker asker) {
        model.clientGone(asker, scene.now);
        scene.dispatcher.onClientGone(client(asker), scene.now);
    }

    private void workerGone(Helper helper) {
        model.workerGone(helper, scene.now);
        scene.dispatcher.onWorkerGone(worker(helper), scene.now);
    }

    private void block(Asker asker) {
        model.blocked(asker);
        scene.dispatcher.onClientBlocked(client(asker));
    }

    private void unblock(Asker asker) {
        model.unblocked(asker, scene.now);
        scene.dispatcher.onClientUnblocked(client(asker), scene.now);
    }

    private void compare(Event event) {
        String when = seed + ", after " + event;
        List<String> effects = scene.effects();
        handOuts +=
                effects.stream().filter(effect -> effect.contains(" takes ")).count();
        assertThat(effects).as(when).isEqualTo(model.effects);
        model.effects.clear();
        assertThat(scene.dispatcher.snapshot()).as(when).isEqualTo(model.snapshot());
        Long nextDeadline = model.nextDeadline(scene.now);
        assertThat(scene.dispatcher.hasDeadline()).as(when).isEqualTo(nextDeadline != null);
        assertThat(scene.dispatcher.nextDeadlineNanos())
                .as(when)
                .isEqualTo(nextDeadline == null ? Long.MAX_VALUE : nextDeadline);
        model.helpers.forEach(helper -> {
            assertThat(worker(helper).credit()).as(when).isEqualTo(helper.credit);
            assertThat(worker(helper).held()).as(when).isEqualTo(helper.held.size());
        });
    }

    private Asker anyClient() {
        int count = model.askers.size();
        return model.askers.get(random.nextInt(Math.max(0, count - LATEST), count));
    }

    private Helper anyWorker() {
        int count = model.helpers.size();
        return model.helpers.get(random.nextInt(Math.max(0, count - LATEST), count));
    }

    private String anyService() {
        return SERVICES.get(random.nextInt(SERVICES.size()));
    }

    private Client<Payload> client(Asker asker) {
        return Objects.requireNonNull(clients.get(asker));
    }

    private Worker<Payload> worker(Helper helper) {
        return Objects.requireNonNull(workers.get(helper));
    }

    private static List<Event> deck() {
        List<Event> deck = new ArrayList<>();
        for (Event event : Event.values()) {
            deck.addAll(Collections.nCopies(event.weight, event));
        }
        return deck;
    }
}
