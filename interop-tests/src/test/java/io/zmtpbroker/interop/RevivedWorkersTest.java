package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

/**
 * {@code --revive-fetch}: after a restart of the broker, a REQ that reconnects and stays silent is given a task. One that waits
 * for the answer to a fetch of before takes it; one that works drops it unseen when it speaks, and the task is handed out again
 * at no cost: of its only attempt nothing is used.
 *
 * <p>All workers live through the same restart: one of each library for each test here, with a service of its own.
 */
class RevivedWorkersTest {
    /** Longer than the silence after which the broker guesses, and than the reconnecting before. */
    private static final Duration GUESSED = Duration.ofMillis(2500);

    private static final Message FETCH = Message.of("requesting task");
    private static final Message READY = Message.of("READY");
    private static final Message DELIMITER = Message.of("");
    private static final Message QUESTION = Message.of("question");
    private static final Message ANSWER = Message.of("answer");

    private enum Kind {
        FETCHER_THAT_WAITS,
        FETCHER_THAT_WORKS,
        LB_WORKER_THAT_WAITS,
        LB_WORKER_THAT_WORKS,
        LB_WORKER_BEFORE_READY;

        boolean fetches() {
            return this == FETCHER_THAT_WAITS || this == FETCHER_THAT_WORKS;
        }
    }

    private record Key(PeerLibrary library, Kind kind) {}

    private static final Map<Key, Scene> SCENES = new HashMap<>();
    private static final List<Peers> PEERS = new ArrayList<>();
    private static BrokerProcess broker;
    private static BrokerProcess successor;

    @BeforeAll
    static void restart() {
        var clients = new ArrayList<String>();
        var workers = new ArrayList<String>();
        for (int count = 0; count <= PeerLibrary.values().length * Kind.values().length; count++) {
            clients.add(LastingPort.endpoint());
            workers.add(LastingPort.endpoint());
        }
        broker = start(clients, workers, LastingPort.endpoint());
        int number = 0;
        for (PeerLibrary library : PeerLibrary.values()) {
            Peers peers = library.open();
            PEERS.add(peers);
            for (Kind kind : Kind.values()) {
                number++;
                Scene scene = new Scene(
                        peers.open(SocketSpec.of(
                                SocketType.DEALER, broker.endpoints("clients").get(number))),
                        peers.open(SocketSpec.of(
                                SocketType.REQ, broker.endpoints("workers").get(number))),
                        peers.open(SocketSpec.of(SocketType.PUSH, broker.answers())));
                scene.before(kind);
                SCENES.put(new Key(library, kind), scene);
            }
        }
        broker.process().kill();
        successor = start(broker.endpoints("clients"), broker.endpoints("workers"), broker.answers());
        SCENES.values().forEach(Scene::ask);
        Scene working = scene(PeerLibrary.JEROMQ, Kind.FETCHER_THAT_WORKS);
        assertThat(working.client().receive(GUESSED))
                .as("an answer of one that works")
                .isEmpty();
    }

    private static BrokerProcess start(List<String> clients, List<String> workers, String answers) {
        var options = new ArrayList<>(List.of("--tries", "1"));
        int number = 1;
        for (int library = 0; library < PeerLibrary.values().length; library++) {
            for (Kind kind : Kind.values()) {
                String service = "?service=" + number;
                options.add("--clients=" + clients.get(number) + service);
                options.add("--workers=" + workers.get(number) + service + (kind.fetches() ? "" : "&dialect=lb"));
                number++;
            }
        }
        return BrokerCommand.with(options.toArray(String[]::new))
                .on(clients.get(0), workers.get(0), answers)
                .start();
    }

    @AfterAll
    static void stop() {
        PEERS.forEach(Peers::close);
        broker.close();
        successor.stop();
        assertThat(successor.counted("attempts.returned-unreceived"))
                .as("wrong guesses")
                .isEqualTo(3L * PeerLibrary.values().length);
        successor.close();
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void oneThatWaitsInItsFetchGetsATask(PeerLibrary library) {
        Scene scene = scene(library, Kind.FETCHER_THAT_WAITS);

        scene.push(scene.worker().receive());
        scene.assertAnswered();

        scene.ask(); // and on it goes
        scene.worker().send(FETCH);
        scene.push(scene.worker().receive());
        scene.assertAnswered();
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aFetcherThatWorksInsteadLosesNothing(PeerLibrary library) {
        Scene scene = scene(library, Kind.FETCHER_THAT_WORKS);

        scene.push(scene.held());
        scene.worker().send(FETCH);
        scene.push(scene.worker().receive());

        scene.assertAnswered();
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aLoadBalancingWorkerThatWaitsGetsATask(PeerLibrary library) {
        Scene scene = scene(library, Kind.LB_WORKER_THAT_WAITS);

        scene.reply(scene.worker().receive());

        scene.assertAnswered();
    }

    /** What it says is the reply to a task of before, which the broker does not know. */
    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aLoadBalancingWorkerThatWorksInsteadLosesNothing(PeerLibrary library) {
        Scene scene = scene(library, Kind.LB_WORKER_THAT_WORKS);

        scene.reply(scene.held());
        scene.reply(scene.worker().receive());

        scene.assertAnswered();
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aLoadBalancingWorkerThatWasNotReadyLosesNothing(PeerLibrary library) {
        Scene scene = scene(library, Kind.LB_WORKER_BEFORE_READY);

        scene.worker().send(READY);
        scene.reply(scene.worker().receive());

        scene.assertAnswered();
    }

    private static Scene scene(PeerLibrary library, Kind kind) {
        return Objects.requireNonNull(SCENES.get(new Key(library, kind)));
    }

    /** A worker and its only client. */
    private static final class Scene {
        private final PeerSocket client;
        private final PeerSocket worker;
        private final PeerSocket answers;
        private Message held = Message.of();

        Scene(PeerSocket client, PeerSocket worker, PeerSocket answers) {
            this.client = client;
            this.worker = worker;
            this.answers = answers;
        }

        PeerSocket client() {
            return client;
        }

        PeerSocket worker() {
            return worker;
        }

        /** The task that the worker has had since before the restart. */
        Message held() {
            return held;
        }

        /** Brings the worker where the restart is to find it, and its client where it may ask. */
        void before(Kind kind) {
            if (kind == Kind.LB_WORKER_BEFORE_READY) {
                return;
            }
            ask();
            worker.send(kind.fetches() ? FETCH : READY);
            Message task = worker.receive();
            if (kind.fetches()) {
                push(task);
            } else {
                reply(task);
            }
            assertAnswered();
            if (kind == Kind.FETCHER_THAT_WAITS) {
                worker.send(FETCH);
            } else if (kind == Kind.FETCHER_THAT_WORKS) {
                held = task;
            } else if (kind == Kind.LB_WORKER_THAT_WORKS) {
                ask();
                held = worker.receive();
            }
        }

        void ask() {
            client.send(QUESTION.behind(DELIMITER));
        }

        void assertAnswered() {
            assertThat(client.receive()).isEqualTo(ANSWER.behind(DELIMITER));
        }

        void push(Message task) {
            answers.send(ANSWER.behind(task.until(1)));
        }

        void reply(Message task) {
            worker.send(ANSWER.behind(task.until(2)));
        }
    }
}
