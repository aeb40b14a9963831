package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.Worker.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;

/** Peers that speak ZMTP 2.0: JeroMQ 0.3.6, alone and mixed with newer ones, end to end through the jar. */
class OldPeersTest {
    private static final int ROUNDS = 20;

    private static BrokerProcess broker;
    private static OldJeroMqPeers old;
    private static Peers jeromq;
    private static Peers libzmq;

    @BeforeAll
    static void start() {
        broker = BrokerCommand.with("-T", "30").start();
        old = new OldJeroMqPeers();
        jeromq = PeerLibrary.JEROMQ.open();
        libzmq = PeerLibrary.LIBZMQ.open();
    }

    @AfterAll
    static void stop() {
        List.of(old, jeromq, libzmq).forEach(Peers::close);
        broker.close();
    }

    static Stream<Arguments> pairings() {
        List<List<String>> libraries = List.of(
                List.of("old", "old"),
                List.of("old", "jeromq"),
                List.of("old", "libzmq"),
                List.of("jeromq", "old"),
                List.of("libzmq", "old"));
        return Stream.of(SocketType.REQ, SocketType.DEALER)
                .flatMap(client -> Stream.of(SocketType.REQ, SocketType.DEALER, SocketType.REP)
                        .flatMap(worker -> libraries.stream()
                                .map(pair -> Arguments.of(client, worker, pair.get(0), pair.get(1)))));
    }

    /** Workers: a REQ that fetches and pushes its answers, a DEALER of load balancing, a REP. */
    @ParameterizedTest(name = "{0} client of {2}, {1} worker of {3}")
    @MethodSource("pairings")
    void areServedAndServe(SocketType clientType, SocketType workerType, String clients, String workers) {
        try (Client client = Client.of(peers(clients), broker, clientType);
                Worker worker = worker(peers(workers), workerType)) {
            for (int round = 0; round < ROUNDS; round++) {
                Message body = body(round);
                client.ask(body);
                Task task = worker.fetch();
                worker.answer(task, body.behind(Message.of("re")));

                assertThat(task.body()).isEqualTo(body);
                assertThat(client.answer()).isEqualTo(body.behind(Message.of("re")));
            }
        }
    }

    @Test
    void comeBackByThemselvesWhenTheBrokerDoes() {
        String clients = LastingPort.endpoint();
        String workers = LastingPort.endpoint();
        try (OldJeroMqPeers peers = new OldJeroMqPeers()) {
            PeerSocket client = peers.open(SocketSpec.of(SocketType.DEALER, clients));
            PeerSocket worker = peers.open(SocketSpec.of(SocketType.REP, workers));
            for (int life = 0; life < 2; life++) {
                try (BrokerProcess mortal =
                        BrokerCommand.with("--drain", "0").on(clients, workers).start()) {
                    assertThat(mortal.process().isAlive()).isTrue();
                    client.send(Message.of("", "question"));
                    Message task = worker.receive();
                    worker.send(task);

                    assertThat(client.receive()).isEqualTo(Message.of("", "question"));
                }
            }
        }
    }

    /** They would take a PING for a message, and a REP hangs up on it. */
    @Test
    void areSentNoHeartbeats() {
        try (BrokerProcess beating = BrokerCommand.with("--heartbeat", "0.1").start();
                OldJeroMqPeers peers = new OldJeroMqPeers()) {
            PeerSocket client = peers.open(SocketSpec.of(SocketType.DEALER, beating.clients()));
            PeerSocket worker = peers.open(SocketSpec.of(SocketType.REP, beating.workers()));
            client.send(Message.of("", "first"));
            worker.send(worker.receive());
            assertThat(client.receive()).isEqualTo(Message.of("", "first"));

            assertThat(worker.receive(Duration.ofSeconds(1))).isEmpty();
            assertThat(client.receive(Duration.ofMillis(1))).isEmpty();
            client.send(Message.of("", "second"));
            worker.send(worker.receive());
            assertThat(client.receive()).isEqualTo(Message.of("", "second"));
            client.close();
            worker.close();
            beating.stop();
            assertThat(beating.counted("connections.accepted")).isEqualTo(2);
        }
    }

    @Test
    void areWorkersThatListen() {
        try (OldJeroMqPeers peers = new OldJeroMqPeers()) {
            OldJeroMqPeers.Listening rep = peers.listen(SocketType.REP);
            try (BrokerProcess connecting = BrokerCommand.with()
                            .on("tcp://127.0.0.1:*", rep.endpoint() + "?connect&dialect=rep")
                            .start();
                    Client client = Client.req(libzmq, connecting)) {
                client.ask(Message.of("question"));
                rep.socket().send(rep.socket().receive());

                assertThat(client.answer()).isEqualTo(Message.of("question"));
            }
        }
    }

    @Test
    void areAnsweredUnderTheirNameAfterTheyCameBack() {
        try (Worker worker = new FetchWorker(jeromq, broker)) {
            Task task;
            SocketSpec alice =
                    SocketSpec.of(SocketType.DEALER, broker.clients()).with(SocketOption.IDENTITY, "alice");
            try (PeerSocket client = old.open(alice)) {
                client.send(Message.of("", "question"));
                task = worker.fetch();
            }
            try (PeerSocket client = old.open(alice)) {
                client.send(Message.of("", "another"));
                Task other = worker.fetch();
                worker.answer(task, Message.of("answer"));
                worker.answer(other, Message.of("another answer"));

                assertThat(client.receive()).isEqualTo(Message.of("", "answer"));
                assertThat(client.receive()).isEqualTo(Message.of("", "another answer"));
            }
        }
    }

    @Test
    void areRefusedWhereTheyAreSwitchedOff() {
        try (BrokerProcess strict = BrokerCommand.with("--no-zmtp2").start();
                OldJeroMqPeers peers = new OldJeroMqPeers()) {
            PeerSocket client = peers.open(
                    SocketSpec.of(SocketType.DEALER, strict.clients()).with(SocketOption.LINGER, 0));
            client.send(Message.of("", "question"));
            strict.process().awaitErrors("ZMTP 2.0, which is not admitted", 1);

            assertThat(client.receive(Duration.ofMillis(300))).isEmpty();
            client.close();
            strict.stop();
            assertThat(strict.counted("violations.unsupported-version")).isPositive();
        }
    }

    private static Peers peers(String name) {
        return switch (name) {
            case "old" -> old;
            case "jeromq" -> jeromq;
            case "libzmq" -> libzmq;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Worker worker(Peers peers, SocketType type) {
        return switch (type) {
            case REQ -> new FetchWorker(peers, broker);
            case DEALER -> new ReplyingWorker(peers, broker, type, Message.of("", "READY"), 3);
            case REP -> new ReplyingWorker(peers, broker, type, Message.of(), 0);
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    /** From an empty frame to several frames, the last of them long. */
    private static Message body(int round) {
        return switch (round % 4) {
            case 0 -> Message.of("");
            case 1 -> Message.of("question " + round);
            case 2 -> Message.of("", "x".repeat(255), "y".repeat(256));
            default -> Message.of("a", "z".repeat(100_000));
        };
    }

    /** A worker that replies where its task came from. */
    private record ReplyingWorker(PeerSocket socket, Message first, int depth) implements Worker {
        ReplyingWorker(Peers peers, BrokerProcess broker, SocketType type, Message first, int depth) {
            this(peers.open(SocketSpec.of(type, broker.workers())), first, depth);
            if (first.size() > 0) {
                socket.send(first);
            }
        }

        @Override
        public void ready() {
            // It is, from its first message, or its handshake, on.
        }

        @Override
        public Optional<Task> task(Duration limit) {
            return socket.receive(limit).map(message -> new Task(message.until(depth), message.from(depth)));
        }

        @Override
        public void answer(Task task, Message answer) {
            socket.send(answer.behind(task.key()));
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
