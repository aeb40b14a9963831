package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One dispatcher and one {@link Model}, given the same random events and compared after each. */
final class ModelRun {

    private static final List<String> SERVICES = List.of("", "", "", "echo", "sum");
    private static final List<Event> DECK = deck();

    /** Peers that are spoken to are among the latest so many. */
    private static final int LATEST = 8;

    /** What can happen, and how often beside the others. */
    private enum Event {
        REQUEST(60),
        READY(60),
        ANSWER(20),
        ANSWER_OF_WORKER(10),
        STALE_ANSWER(6),
        PARTIAL(34),
        RETURNED(5),
        RETURNED_UNLESS_ANSWERED(5),
        WRITTEN(40),
        TICK(30),
        CLIENT(5),
        WORKER(10),
        CLIENT_GONE(5),
        CLIENT_BACK(4),
        WORKER_GONE(8),
        WORKER_LEFT(3),
        SERVICE_LOST(1),
        FAIL_ALL(0),
        BLOCKED(8),
        UNBLOCKED(10),
        LIMITED(8);

        final int weight;

        Event(int weight) {
            this.weight = weight;
        }
    }

    private final SplittableRandom random;
    private final DispatchConfig config;
    /** One does most of the work, so that most answers count. */
    private static final List<Principal> PRINCIPALS =
            List.of(Principal.ANYBODY, Principal.ANYBODY, Principal.ANYBODY, new Principal("x"), new Principal("y"));

    private final Scene scene;
    private final Model model;
    private final Map<Asker, Client<Payload>> clients = new HashMap<>();
    private final Map<Helper, Worker<Payload>> workers = new HashMap<>();
    private final int maxCredit;
    private final String seed;
    private final List<String> serviceOfRequest = new ArrayList<>();
    private int requests;
    private int parts;
    private long handOuts;

    ModelRun(long seed) {
        this.seed = "seed " + seed;
        random = new SplittableRandom(seed);
        config = new DispatchConfig(
                random.nextInt(4),
                random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(300),
                random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(60),
                random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(200),
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
        act(Event.FAIL_ALL);
        compare(Event.FAIL_ALL);
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
            case ANSWER_OF_WORKER -> answerOfWorker();
            case STALE_ANSWER -> answer(null, anyPrincipal(), requests == 0 ? 0 : random.nextInt(requests));
            case PARTIAL -> partial();
            case RETURNED -> returned();
            case RETURNED_UNLESS_ANSWERED -> returnedUnlessAnswered();
            case WRITTEN -> written(anyWorker());
            case TICK -> tick();
            case CLIENT -> openClient();
            case WORKER -> openWorker();
            case CLIENT_GONE -> clientGone(anyClient());
            case CLIENT_BACK -> clientBack(anyClient());
            case WORKER_GONE -> workerGone(anyWorker());
            case WORKER_LEFT -> workerLeft(anyWorker());
            case SERVICE_LOST -> loseService(anyService());
            case FAIL_ALL -> failAll();
            case BLOCKED -> block(anyClient());
            case UNBLOCKED -> unblock(anyClient());
            case LIMITED -> limit(anyClient());
        }
    }

    private void failAll() {
        scene.dispatcher.failAll(scene.now);
        model.failAll();
    }

    private void request() {
        if (scene.dispatcher.snapshot().queuedOctets() >= config.maxQueuedOctets() && random.nextInt(4) > 0) {
            return; // those who ask are not read, but for what was read before
        }
        Asker asker = anyClient();
        String service = anyService();
        int octets = random.nextInt(20);
        int number = requests++;
        serviceOfRequest.add(service);
        model.request(number, asker, service, octets, scene.now);
        scene.ask(client(asker), scene.dispatcher.service(service), "r" + number, octets);
    }

    private void ready(Helper helper) {
        int credit = random.nextInt(1, maxCredit + 1);
        model.ready(helper, credit, scene.now);
        scene.ready(worker(helper), credit);
    }

    private void answerOpen() {
        Asked asked = anyTried();
        if (asked != null) {
            answer(null, anyPrincipal(), asked.number);
        }
    }

    private void answerOfWorker() {
        Asked asked = anyTried();
        if (asked != null) {
            Helper helper = holderOrAny(asked);
            answer(helper, helper.principal, asked.number);
        }
    }

    private void answer(@Nullable Helper helper, Principal principal, int number) {
        if (number < requests) {
            AnswerResult expected = model.answer(helper, principal, number, scene.now);
            AnswerResult result =
                    helper == null ? scene.answer(principal, "r" + number) : scene.answer(worker(helper), "r" + number);
            assertThat(result).as(seed).isEqualTo(expected);
        }
    }

    private void partial() {
        Asked asked = anyTried();
        if (asked != null) {
            Helper helper = holderOrAny(asked);
            String part = "part" + parts++;
            PartialResult expected = model.partial(helper, asked.number, part, scene.now);
            assertThat(scene.partial(worker(helper), "r" + asked.number, part))
                    .as(seed)
                    .isEqualTo(expected);
        }
    }

    private void returned() {
        Asked asked = anyTried();
        if (asked != null) {
            Helper helper = holderOrAny(asked);
            boolean expected = model.returned(helper, asked.number, scene.now);
            assertThat(scene.returned(worker(helper), "r" + asked.number))
                    .as(seed)
                    .isEqualTo(expected);
        }
    }

    private void returnedUnlessAnswered() {
        Asked asked = anyTried();
        if (asked != null) {
            Helper helper = holderOrAny(asked);
            boolean expected = model.returnUnlessAnswered(helper, asked.number, scene.now);
            assertThat(scene.returnUnlessAnswered(worker(helper), "r" + asked.number))
                    .as(seed)
                    .isEqualTo(expected);
        }
    }

    private @Nullable Asked anyTried() {
        List<Asked> tried = model.books.open.values().stream()
                .filter(asked -> asked.attempts > 0)
                .toList();
        return tried.isEmpty() ? null : tried.get(random.nextInt(tried.size()));
    }

    /** The worker whose attempt it is, or now and then another one. */
    private Helper holderOrAny(Asked asked) {
        Helper holder = asked.heldBy == null ? asked.inGraceOf : asked.heldBy;
        return holder == null || random.nextInt(6) == 0 ? anyWorker() : holder;
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
        Asker asker = new Asker("c" + clients.size(), policy, random.nextBoolean());
        model.books.askers.add(asker);
        clients.put(
                asker, asker.takesParts ? scene.streamClient(asker.name, policy) : scene.client(asker.name, policy));
    }

    private void openWorker() {
        WorkerKind kind = random.nextBoolean() ? WorkerKind.ANSWERS_ELSEWHERE : WorkerKind.ANSWERS_HERE;
        Helper helper = new Helper("w" + workers.size(), anyService(), kind, anyPrincipal());
        model.books.helpers.add(helper);
        model.workerCame();
        workers.put(
                helper, scene.worker(helper.name, scene.dispatcher.service(helper.service), kind, helper.principal));
    }

    private void clientGone(Asker asker) {
        model.clientGone(asker, scene.now);
        scene.dispatcher.onClientGone(client(asker), scene.now);
    }

    private void workerGone(Helper helper) {
        model.workerGone(helper, scene.now);
        scene.dispatcher.onWorkerGone(worker(helper), scene.now);
    }

    private void workerLeft(Helper helper) {
        model.workerLeft(helper, scene.now);
        scene.dispatcher.onWorkerLeft(worker(helper), scene.now);
    }

    private void loseService(String service) {
        for (Helper helper : model.books.helpers) {
            if (helper.service.equals(service) && !helper.gone) {
                workerGone(helper);
            }
        }
    }

    private void clientBack(Asker asker) {
        model.clientBack(asker);
        scene.dispatcher.onClientBack(client(asker));
    }

    private void block(Asker asker) {
        model.blocked(asker);
        scene.dispatcher.onClientBlocked(client(asker));
    }

    private void unblock(Asker asker) {
        model.unblocked(asker, scene.now);
        scene.dispatcher.onClientUnblocked(client(asker), scene.now);
    }

    private void limit(Asker asker) {
        int maxOut = random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(3);
        model.limited(asker, maxOut, scene.now);
        scene.dispatcher.onClientLimited(client(asker), maxOut, scene.now);
    }

    private void compare(Event event) {
        String when = seed + ", after " + event;
        List<String> effects = scene.effects();
        handOuts +=
                effects.stream().filter(effect -> effect.contains(" takes ")).count();
        assertThat(inComparableOrder(event, effects)).as(when).isEqualTo(inComparableOrder(event, model.effects));
        model.effects.clear();
        assertThat(scene.forgotten).as(when).containsExactlyInAnyOrderElementsOf(model.forgotten);
        scene.forgotten.clear();
        model.forgotten.clear();
        assertThat(scene.dispatcher.snapshot()).as(when).isEqualTo(model.snapshot());
        Long nextDeadline = model.books.nextDeadline(scene.now);
        assertThat(scene.dispatcher.hasDeadline()).as(when).isEqualTo(nextDeadline != null);
        assertThat(scene.dispatcher.nextDeadlineNanos())
                .as(when)
                .isEqualTo(nextDeadline == null ? Long.MAX_VALUE : nextDeadline);
        for (String service : SERVICES) {
            assertThat(scene.dispatcher.isOffered(service)).as(when).isEqualTo(model.books.isOffered(service));
        }
        model.books.helpers.forEach(helper -> {
            assertThat(worker(helper).credit()).as(when).isEqualTo(helper.credit);
            assertThat(worker(helper).held()).as(when).isEqualTo(helper.held.size());
        });
    }

    /** The same sentences, in groups where the order among several services, or several clients, means nothing. */
    private List<String> inComparableOrder(Event event, List<String> effects) {
        return switch (event) {
            case TICK -> inGroups(effects, this::serviceOf);
            case FAIL_ALL -> inGroups(effects, effect -> effect.substring(0, effect.indexOf(' ') + 1));
            default -> effects;
        };
    }

    private static List<String> inGroups(List<String> effects, Function<String, String> group) {
        return effects.stream()
                .sorted(Comparator.comparing(group, Comparator.reverseOrder()))
                .toList();
    }

    private String serviceOf(String effect) {
        int number = effect.lastIndexOf(" r");
        return number < 0 ? "" : "service " + serviceOfRequest.get(Integer.parseInt(effect.substring(number + 2)));
    }

    DispatchCounters counters() {
        return scene.dispatcher.counters();
    }

    private Asker anyClient() {
        int count = model.books.askers.size();
        return model.books.askers.get(random.nextInt(Math.max(0, count - LATEST), count));
    }

    private Helper anyWorker() {
        int count = model.books.helpers.size();
        return model.books.helpers.get(random.nextInt(Math.max(0, count - LATEST), count));
    }

    private Principal anyPrincipal() {
        return PRINCIPALS.get(random.nextInt(PRINCIPALS.size()));
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
