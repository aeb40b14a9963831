package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.Worker.Task;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

/** Clients with a routing id: one that comes back, one that is there twice, and one that probes. */
class ClientNamesTest {
    private static final Message QUESTION = Message.of("question");
    private static final Message ANSWER = Message.of("answer");
    private static final Message DELIMITER = Message.of("");

    private static BrokerProcess broker;
    private static Peers workerPeers;
    private static Worker worker;

    @BeforeAll
    static void start() {
        broker = BrokerCommand.with("--clients", "tcp://127.0.0.1:*?duplicate=refuse")
                .start();
        workerPeers = PeerLibrary.JEROMQ.open();
        worker = new FetchWorker(workerPeers, broker);
    }

    @AfterAll
    static void stop() {
        workerPeers.close();
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void theReplyFollowsAClientThatComesBack(PeerLibrary library) {
        SocketSpec spec = named(broker.clients(), "back-" + library);
        Task task;
        try (Peers first = library.open()) {
            first.open(spec).send(QUESTION.behind(DELIMITER));
            task = worker.fetch();
        }
        try (Peers second = library.open()) {
            PeerSocket back = second.open(spec);
            roundTrip(back);
            worker.answer(task, ANSWER);

            assertThat(back.receive()).isEqualTo(ANSWER.behind(DELIMITER));
        }
    }

    /** The first one's process is stopped, as if its machine were gone: its connection is open, and closes only now. */
    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void theNameOfADeadConnectionIsHandedOver(PeerLibrary library) {
        SocketSpec spec = named(broker.clients(), "twice-" + library);
        try (PythonPeers dead = new PythonPeers();
                Peers peers = library.open()) {
            dead.open(spec).send(QUESTION.behind(DELIMITER));
            Task task = worker.fetch();
            dead.process().pause();
            try (PeerSocket second = peers.open(spec)) {
                roundTrip(second);
                worker.answer(task, ANSWER);

                assertThat(second.receive()).isEqualTo(ANSWER.behind(DELIMITER));
            } finally {
                dead.process().goOn();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aSecondClientOfTheSameNameIsRefusedWhereThatIsConfigured(PeerLibrary library) {
        SocketSpec spec = named(broker.endpoints("clients").get(1), "refused-" + library);
        try (Peers peers = library.open();
                PeerSocket first = peers.open(spec)) {
            roundTrip(first);
            try (PeerSocket second = peers.open(spec)) {
                second.send(Message.of("of the second").behind(DELIMITER));
                worker.ready();
                Optional<Task> ofTheSecond = worker.task(Limits.QUIET);
                first.send(QUESTION.behind(DELIMITER));
                Task task = worker.task();
                worker.answer(task, ANSWER);

                assertThat(ofTheSecond).isEmpty();
                assertThat(task.body()).isEqualTo(QUESTION);
                assertThat(first.receive()).isEqualTo(ANSWER.behind(DELIMITER));
                assertThat(second.receive(Limits.QUIET)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aReqThatProbesIsServed(PeerLibrary library) {
        SocketSpec spec = SocketSpec.of(SocketType.REQ, broker.clients())
                .with(SocketOption.PROBE_ROUTER, 1)
                .with(SocketOption.REQ_CORRELATE, 1);
        try (Peers peers = library.open();
                PeerSocket client = peers.open(spec)) {
            client.send(QUESTION);
            worker.answer(worker.fetch(), ANSWER);

            assertThat(client.receive()).isEqualTo(ANSWER);
        }
    }

    private static SocketSpec named(String endpoint, String name) {
        return SocketSpec.of(SocketType.DEALER, endpoint).with(SocketOption.IDENTITY, name);
    }

    private static void roundTrip(PeerSocket client) {
        client.send(Message.of("hello").behind(DELIMITER));
        worker.answer(worker.fetch(), Message.of("welcome"));
        assertThat(client.receive()).isEqualTo(Message.of("welcome").behind(DELIMITER));
    }
}
