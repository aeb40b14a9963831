package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.Worker.Task;
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

/** A peer that is stopped or cut off is found by its silence, and one that is only slow is left in peace. They wait most of the time, so together. */
@Execution(ExecutionMode.CONCURRENT)
class DeadPeersTest {
    private static final String PONG = "0405" + "04504f4e47";

    @Test
    void theTaskOfAStoppedWorkerGoesToAnotherAndItsLateAnswerHarmsNothing() {
        try (BrokerProcess broker = BrokerCommand.with("--heartbeat", "0.2", "--heartbeat-timeout", "1")
                        .start();
                Peers peers = PeerLibrary.JEROMQ.open();
                Client client = Client.req(peers, broker);
                Worker second = new FetchWorker(peers, broker);
                PythonPeers stopped = new PythonPeers();
                Worker first = new FetchWorker(stopped, broker)) {
            client.ask(Message.of("question"));
            Task lost = first.fetch();
            stopped.process().pause();

            Task again = second.fetch();
            second.answer(again, Message.of("answer"));
            assertThat(again).isEqualTo(lost);
            assertThat(client.answer()).isEqualTo(Message.of("answer"));

            stopped.process().goOn();
            client.ask(Message.of("next question"));
            Task next = first.fetch(); // so it has connected again: what it sent before might be lost with the old
            // connection
            first.answer(lost, Message.of("late answer"));
            first.answer(next, Message.of("next answer"));
            assertThat(next.body()).isEqualTo(Message.of("next question"));
            assertThat(client.answer()).isEqualTo(Message.of("next answer"));

            broker.stop();
            assertThat(broker.counted("violations.heartbeat-timeout")).isBetween(1L, 2L);
            assertThat(broker.counted("attempts.retried.worker-gone")).isOne();
            assertThat(broker.counted("answers.unknown")).isOne();
        }
    }

    @Test
    void aPeerOfWhichOnlySomeOctetsOfAMessageComeIsAlive() {
        try (BrokerProcess broker = BrokerCommand.with("--heartbeat", "0.1", "--heartbeat-timeout", "1")
                        .start();
                RawPeer slow = ofZmtp31(broker.clientsPort(), "DEALER");
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ")) {
            slow.sendHex("0100" + "02" + "0000000000000100");
            for (int octet = 0; octet < 20; octet++) {
                assertThat(new String(slow.command(), ISO_8859_1)).startsWith("\4PING");
                slow.sendHex("61");
            }
            slow.send(new byte[236]);
            worker.sendMessage("", "fetch");

            assertThat(worker.receive().get(2)).hasSize(256).startsWith('a', 'a');
        }
    }

    /** The broker's PING waits behind it, so nothing comes back for longer than the timeout. */
    @Test
    void aWorkerIsNotGivenUpWhileALongTaskIsOnItsWay() {
        int octets = 20 << 20;
        try (BrokerProcess broker = BrokerCommand.with(
                                "--heartbeat", "0.5", "--heartbeat-timeout", "3", "--max-message-bytes", "21m")
                        .start();
                Peers peers = PeerLibrary.LIBZMQ.open();
                Wiretap wire = Wiretap.slowlyFrom(broker.workersPort(), 2 << 20);
                PeerSocket fetch = peers.open(SocketSpec.of(SocketType.REQ, wire.endpoint()));
                RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER")) {
            fetch.send(Message.of("fetch"));
            assertThat(fetch.receive(Duration.ofSeconds(1))).isEmpty();
            client.sendMessage(new byte[0], new byte[octets]);

            Message task = fetch.receive(Duration.ofSeconds(40)).orElseThrow();

            assertThat(task.frame(1)).hasSize(octets);
            assertThat(wire.connections()).isOne();
            assertThat(wire.answers()).contains("PING");
        }
    }

    /** libzmq reads nothing more, our PINGs neither, while the application has not taken as many messages as it may hold. */
    @Test
    void aClientThatIsSlowToTakeItsAnswersIsNotTakenForDead() {
        int requests = 300;
        SocketSpec slow = SocketSpec.of(SocketType.DEALER, "").with(SocketOption.RECEIVE_HIGH_WATER_MARK, 10);
        Message body = Message.ofOctets(new byte[1000]);
        try (BrokerProcess broker = BrokerCommand.with("--heartbeat", "0.2", "--heartbeat-timeout", "1")
                        .start();
                Peers library = PeerLibrary.LIBZMQ.open();
                PeerSocket client = library.open(slow.to(broker.clients()));
                Peers peers = PeerLibrary.JEROMQ.open();
                Worker worker = new FetchWorker(peers, broker)) {
            for (int request = 0; request < requests; request++) {
                client.send(body.behind(Message.of("")));
            }
            for (int request = 0; request < requests; request++) {
                worker.answer(worker.fetch(), body);
            }
            worker.ready();
            assertThat(worker.task(Duration.ofSeconds(3))).isEmpty();

            for (int request = 0; request < requests; request++) {
                assertThat(client.receive()).isEqualTo(body.behind(Message.of("")));
            }
        }
    }

    @Test
    void timeInWhichTheBrokerItselfIsStoppedDoesNotCount() {
        try (BrokerProcess broker = BrokerCommand.with("--heartbeat", "0.2", "--heartbeat-timeout", "1.2")
                        .start();
                RawPeer peer = ofZmtp31(broker.clientsPort(), "DEALER");
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ")) {
            answerPings(peer, 2);
            broker.process().pause();
            assertThat(worker.hearsNothingFor(3000)).isTrue();
            broker.process().goOn();
            answerPings(peer, 5);
            peer.sendMessage("", "question");
            worker.sendMessage("", "fetch");

            assertThat(worker.receiveText()).contains("question");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, 65_400, 65_500})
    void libzmqLivesWithOurTtlInABox(long ttlMillis) {
        CurveKeyPair server = CurveKeyPair.generate();
        var heartbeat =
                new ZmtpHeartbeat(Duration.ofMillis(200), Duration.ofMillis(1200), Duration.ofMillis(ttlMillis), false);
        try (CodecSocket codec = CodecSocket.listening(
                        ZmtpMechanisms.curveServer(server, ZmtpAuthenticator.anyCurveKey()), heartbeat);
                PythonPeer peer = curvePeer(codec, server);
                RawPeer clock = RawPeer.silent(portOf(codec))) {
            assertThat(codec.receive()).isEqualTo(Message.of("", "hello"));
            clock.octets(10); // the signature
            assertThat(clock.hearsNothingFor(2000)).isTrue();
            codec.send(Message.of("", "one"));
            assertThat(codec.receive()).isEqualTo(Message.of("", "one"));
            assertThat(codec.isWell()).isTrue();

            peer.process().pause();
            assertThat(codec.failure()).isEqualTo("HEARTBEAT_TIMEOUT");
            peer.process().goOn();
        }
    }

    private static PythonPeer curvePeer(CodecSocket codec, CurveKeyPair server) {
        CurveKeyPair client = CurveKeyPair.generate();
        return PythonPeer.start(
                "secure.py",
                "DEALER",
                "connect",
                codec.endpoint(),
                "CURVE",
                "client",
                client.publicKey().z85(),
                client.secretKeyZ85(),
                server.publicKey().z85());
    }

    private static int portOf(CodecSocket codec) {
        return Integer.parseInt(codec.endpoint().substring(codec.endpoint().lastIndexOf(':') + 1));
    }

    private static void answerPings(RawPeer peer, int count) {
        for (int ping = 0; ping < count; ping++) {
            assertThat(new String(peer.command(), ISO_8859_1)).startsWith("\4PING");
            peer.sendHex(PONG);
        }
    }

    /** By hand, and as libzmq is since 4.3.3. */
    private static RawPeer ofZmtp31(int port, String socketType) {
        RawPeer peer = RawPeer.silent(port);
        byte[] greeting = RawPeer.greeting();
        greeting[11] = 1;
        peer.send(greeting);
        peer.send(RawPeer.ready(socketType, ""));
        peer.octets(greeting.length);
        peer.command();
        return peer;
    }
}
