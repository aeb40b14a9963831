package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.Worker.Task;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

/** Peers that send PINGs find the broker alive. They wait most of the time, so together. */
@Execution(ExecutionMode.CONCURRENT)
class HeartbeatTest {
    private static final int INTERVAL_MILLIS = 200;

    /** What a busy machine may take for the answer to a PING. */
    private static final int PATIENCE_MILLIS = 1200;

    /** Longer than a peer bears a broker that does not answer. */
    private static final Duration MANY_INTERVALS = Duration.ofMillis(2500);

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aRequestSurvivesManyIntervalsOfAnIdleConnection(PeerLibrary library) {
        SocketSpec beating = SocketSpec.of(SocketType.REQ, "")
                .with(SocketOption.HEARTBEAT, INTERVAL_MILLIS)
                .with(SocketOption.HEARTBEAT_TIMEOUT, PATIENCE_MILLIS);
        try (BrokerProcess broker = BrokerCommand.with().start();
                Peers peers = library.open();
                PeerSocket client = peers.open(beating.to(broker.clients()));
                PeerSocket fetch = peers.open(beating.to(broker.workers()));
                Peers others = PeerLibrary.JEROMQ.open();
                Worker worker = new FetchWorker(others, broker)) {
            client.send(Message.of("question"));
            Task task = worker.fetch();
            fetch.send(Message.of("fetch"));
            assertThat(client.receive(MANY_INTERVALS)).isEmpty();
            worker.answer(task, Message.of("answer"));
            Message answer = client.receive();
            client.send(Message.of("next question"));

            assertThat(answer).isEqualTo(Message.of("answer"));
            assertThat(fetch.receive().from(1)).isEqualTo(Message.of("next question"));
        }
    }

    @Test
    void aPingBetweenTheFramesOfAMessageIsAnsweredAtOnce() {
        try (BrokerProcess broker = BrokerCommand.with().start();
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ");
                RawPeer client = RawPeer.connect(broker.clientsPort(), "REQ")) {
            client.sendHex("0100" + "0105" + "68656c6c6f"); // "", "hello", and more to come
            client.sendHex("040a" + "0450494e47" + "001e" + "637478"); // PING, 3 s, "ctx"
            byte[] pong = client.command();
            client.sendHex("0005" + "776f726c64");
            worker.sendMessage("", "fetch");

            assertThat(new String(pong, StandardCharsets.US_ASCII)).isEqualTo("\4PONGctx");
            assertThat(Message.of(worker.receive()).from(2)).isEqualTo(Message.of("hello", "world"));
        }
    }

    /** It is not read, so the broker has never seen a PING of it when it must be told that it is not forgotten. */
    @Test
    void aClientThatComesWhileTheQueueIsFullKeepsItsConnection() {
        SocketSpec beating = SocketSpec.of(SocketType.DEALER, "")
                .with(SocketOption.HEARTBEAT, 500)
                .with(SocketOption.HEARTBEAT_TIMEOUT, PATIENCE_MILLIS);
        try (BrokerProcess broker =
                        BrokerCommand.with("--max-queued-bytes", "1000").start();
                RawPeer filler = RawPeer.connect(broker.clientsPort(), "DEALER");
                Peers peers = PeerLibrary.LIBZMQ.open()) {
            filler.sendMessage(new byte[0], new byte[2000]);
            try (RawPeer later = RawPeer.connect(broker.clientsPort(), "DEALER");
                    PeerSocket client = peers.open(beating.to(broker.clients()));
                    Peers others = PeerLibrary.JEROMQ.open();
                    Worker worker = new FetchWorker(others, broker)) {
                later.sendMessage("", "later");
                client.send(Message.of("", "question"));
                assertThat(client.receive(Duration.ofSeconds(3))).isEmpty();

                for (int request = 0; request < 3; request++) {
                    Task task = worker.fetch();
                    worker.answer(task, task.body());
                }

                assertThat(client.receive()).isEqualTo(Message.of("", "question"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void peersWithHeartbeatsOfTheirOwnStayConnectedWhileNothingHappens(PeerLibrary library) {
        SocketSpec beating = SocketSpec.of(SocketType.REQ, "")
                .with(SocketOption.HEARTBEAT, 300)
                .with(SocketOption.HEARTBEAT_TIMEOUT, PATIENCE_MILLIS)
                .with(SocketOption.HEARTBEAT_TTL, 1500);
        try (BrokerProcess broker = BrokerCommand.with("--heartbeat", "0.2", "--heartbeat-timeout", "1.5")
                .start()) {
            try (Peers peers = library.open();
                    Wiretap wire = Wiretap.to(broker.clientsPort());
                    PeerSocket client = peers.open(beating.to(wire.endpoint()));
                    PeerSocket fetch = peers.open(beating.to(broker.workers()))) {
                fetch.send(Message.of("fetch"));
                assertThat(fetch.receive(Duration.ofSeconds(3))).isEmpty();
                client.send(Message.of("question"));

                assertThat(fetch.receive().from(1)).isEqualTo(Message.of("question"));
                assertThat(wire.connections()).isOne();
                assertThat(wire.answers()).contains("PING").contains("PONG");
            }
            broker.stop();
            assertThat(broker.counted("violations.ttl-expired")).isZero();
            assertThat(broker.counted("violations.heartbeat-timeout")).isZero();
        }
    }

    /** libzmq 4.0 and 4.1, which announce the same version, would give a PING to the application. */
    @Test
    void aPeerOfZmtp30ThatSendsNoPingIsSentNone() {
        try (BrokerProcess broker = BrokerCommand.with("--heartbeat", "0.1", "--heartbeat-timeout", "0.3")
                        .start();
                Peers peers = PeerLibrary.JEROMQ.open();
                Wiretap wire = Wiretap.to(broker.workersPort());
                PeerSocket fetch = peers.open(SocketSpec.of(SocketType.REQ, wire.endpoint()));
                Client client = Client.req(peers, broker)) {
            fetch.send(Message.of("fetch"));
            assertThat(fetch.receive(Duration.ofSeconds(2))).isEmpty();
            client.ask(Message.of("question"));

            assertThat(fetch.receive().from(1)).isEqualTo(Message.of("question"));
            assertThat(wire.answers()).contains("READY").doesNotContain("PING").doesNotContain("PONG");
        }
    }
}
