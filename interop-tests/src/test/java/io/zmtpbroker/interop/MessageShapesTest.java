package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.Worker.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

/** Envelopes, bodies and answers of every shape pass unchanged, and what has no such shape hurts nobody. */
class MessageShapesTest {
    private static final Message FETCH = Message.of("", "requesting task");

    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker() {
        broker = BrokerCommand.with("-T", "30").start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    static Stream<Message> bodies() {
        return Stream.of(
                Message.of("hello"),
                Message.of(""),
                Message.of("", ""),
                Message.of("one", "", "three", ""),
                Message.ofOctets(new byte[255]),
                Message.ofOctets(new byte[256], new byte[0], new byte[65_536]),
                Message.ofOctets(new byte[3_000_000]));
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void bodiesAndAnswersOfAnyFrames(PeerLibrary library) {
        try (Peers clientPeers = library.open();
                Peers workerPeers = library.open();
                Client client = Client.req(clientPeers, broker);
                Worker worker = new FetchWorker(workerPeers, broker)) {
            bodies().forEach(body -> {
                client.ask(body);
                Task task = worker.fetch();
                worker.answer(task, body.behind(Message.of("answer")));

                assertThat(task.body()).isEqualTo(body);
                assertThat(task.key().frame(0)).as("the id").hasSize(16);
                assertThat(client.answer()).isEqualTo(body.behind(Message.of("answer")));
            });
        }
    }

    /** As a device in front of the broker would write them, which names each of its own clients. */
    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void envelopesOfAnyDepth(PeerLibrary library) {
        var envelopes = List.of(
                Message.of(""),
                Message.of("a", ""),
                Message.of("a", "b", "c", "d", ""),
                Message.ofOctets(new byte[300], new byte[0]));
        try (Peers peers = library.open();
                PeerSocket client = peers.open(SocketSpec.of(SocketType.DEALER, broker.clients()));
                Worker worker = new FetchWorker(peers, broker)) {
            for (Message envelope : envelopes) {
                client.send(Message.of("body", "", "of three frames").behind(envelope));
                Task task = worker.fetch();
                worker.answer(task, Message.of("done"));

                assertThat(task.body()).isEqualTo(Message.of("body", "", "of three frames"));
                assertThat(client.receive()).isEqualTo(Message.of("done").behind(envelope));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void correlatedRequestsOfARelaxedClientAnsweredInAnyOrder(PeerLibrary library) {
        SocketSpec spec = SocketSpec.of(SocketType.REQ, broker.clients())
                .with(SocketOption.REQ_CORRELATE, 1)
                .with(SocketOption.REQ_RELAXED, 1);
        try (Peers peers = library.open();
                PeerSocket client = peers.open(spec);
                Worker first = new FetchWorker(peers, broker);
                Worker second = new FetchWorker(peers, broker)) {
            client.send(Message.of("given up"));
            Task givenUp = first.fetch();
            client.send(Message.of("wanted"));
            Task wanted = second.fetch();
            first.answer(givenUp, Message.of("stale"));
            second.answer(wanted, Message.of("fresh"));

            assertThat(client.receive()).isEqualTo(Message.of("fresh"));
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aProbingClientIsServed(PeerLibrary library) {
        SocketSpec spec = SocketSpec.of(SocketType.DEALER, broker.clients()).with(SocketOption.PROBE_ROUTER, 1);
        try (Peers peers = library.open();
                PeerSocket client = peers.open(spec);
                Worker worker = new FetchWorker(peers, broker)) {
            client.send(Message.of("", "hello"));
            Task task = worker.fetch();
            worker.answer(task, task.body());

            assertThat(client.receive()).isEqualTo(Message.of("", "hello"));
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void requestsWithoutDelimiterOrBodyAreDropped(PeerLibrary library) {
        try (Peers peers = library.open();
                PeerSocket client = peers.open(SocketSpec.of(SocketType.DEALER, broker.clients()));
                Worker worker = new FetchWorker(peers, broker)) {
            client.send(Message.of("no delimiter"));
            client.send(Message.of("no", "delimiter"));
            client.send(Message.of("no body", ""));
            client.send(Message.of("", "good"));
            Task task = worker.fetch();
            worker.answer(task, Message.of("answer"));

            assertThat(task.body()).isEqualTo(Message.of("good"));
            assertThat(client.receive()).isEqualTo(Message.of("", "answer"));
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aFetchMaySayAnything(PeerLibrary library) {
        try (Peers peers = library.open();
                Client client = Client.dealer(peers, broker);
                PeerSocket fetch = peers.open(SocketSpec.of(SocketType.REQ, broker.workers()));
                PeerSocket answers = peers.open(SocketSpec.of(SocketType.PUSH, broker.answers()))) {
            for (Message text : List.of(Message.of("give me work"), Message.of(""), Message.of("many", "", "frames"))) {
                client.ask(Message.of("task"));
                fetch.send(text);
                Message task = fetch.receive();
                answers.send(task);

                assertThat(task.from(1)).isEqualTo(Message.of("task"));
                assertThat(client.answer()).isEqualTo(Message.of("task"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aDealerMayFetchSeveralTimes(PeerLibrary library) {
        try (Peers peers = library.open();
                Client client = Client.dealer(peers, broker);
                PeerSocket fetch = peers.open(SocketSpec.of(SocketType.DEALER, broker.workers()));
                PeerSocket answers = peers.open(SocketSpec.of(SocketType.PUSH, broker.answers()))) {
            var bodies = new ArrayList<Message>();
            for (int number = 0; number < 3; number++) {
                fetch.send(FETCH);
                client.ask(Message.of("task " + number));
            }
            for (int number = 0; number < 3; number++) {
                Message task = fetch.receive();
                answers.send(task.from(1));
                bodies.add(client.answer());

                assertThat(task.frame(0)).as("the delimiter").isEmpty();
            }

            assertThat(bodies).containsExactly(Message.of("task 0"), Message.of("task 1"), Message.of("task 2"));
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void answersThatNobodyWaitsForAreDropped(PeerLibrary library) {
        byte[] unknown = new byte[16];
        try (Peers peers = library.open();
                Client client = Client.dealer(peers, broker);
                Worker worker = new FetchWorker(peers, broker);
                PeerSocket answers = peers.open(SocketSpec.of(SocketType.PUSH, broker.answers()))) {
            client.ask(Message.of("question"));
            Task task = worker.fetch();
            answers.send(Message.of("to an unknown id").behind(Message.ofOctets(unknown)));
            answers.send(Message.of("to a short id").behind(Message.of("short")));
            answers.send(Message.of(""));
            answers.send(task.key()); // nothing behind the id
            answers.send(Message.of("right").behind(task.key()));
            answers.send(Message.of("again").behind(task.key()));

            assertThat(client.answer()).isEqualTo(Message.of("right"));
            assertThat(client.answer(Limits.QUIET)).isEqualTo(Optional.empty());
        }
    }
}
