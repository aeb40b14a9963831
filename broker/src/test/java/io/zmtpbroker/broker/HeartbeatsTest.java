package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead peers are found, and nobody else is taken for one. */
@ExtendWith(LeakCheck.class)
class HeartbeatsTest {

    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofMillis(400);

    @Test
    void theTaskOfAWorkerThatFallsSilentGoesToAnother() {
        try (LogLines log = new LogLines();
                TestBroker broker = start();
                RawPeer client = broker.client("REQ");
                RawPeer doomed = ofZmtp31(workersPort(broker), "REQ");
                RawPeer other = broker.worker();
                RawPeer answers = broker.answerer()) {
            client.sendMessage("", "task");
            doomed.sendMessage("", "fetch");
            assertThat(doomed.receiveText()).contains("task");

            other.sendMessage("", "fetch");
            List<byte[]> task = other.receive();
            answers.sendMessage(task.get(1), "answer".getBytes(StandardCharsets.UTF_8));

            assertThat(client.receiveText()).containsExactly("", "answer");
            assertThat(broker.counter("violations.heartbeat-timeout")).isOne();
            assertThat(broker.counter("attempts.retried.worker-gone")).isOne();
            assertThat(log.await("closed workers connection of"))
                    .endsWith(": nothing came for 0.4 s since a PING was due");
            assertThat(doomed.awaitEnd()).isTrue();
        }
    }

    @Test
    void aPeerThatAnswersStays() {
        try (TestBroker broker = start();
                RawPeer worker = ofZmtp31(workersPort(broker), "REQ")) {
            for (int ping = 0; ping < 15; ping++) {
                assertThat(new String(worker.command(), StandardCharsets.ISO_8859_1))
                        .isEqualTo("\4PING\0\6"); // two intervals and the timeout
                worker.sendHex("0405" + "04504f4e47");
            }
            assertThat(broker.counter("violations.heartbeat-timeout")).isZero();
        }
    }

    @Test
    void manyThatAreSilentAreAllFound() {
        List<RawPeer> silent = new ArrayList<>();
        try (TestBroker broker = start();
                RawPeer client = broker.client("REQ")) {
            for (int peer = 0; peer < 50; peer++) {
                silent.add(ofZmtp31(broker.clientsPort(), "DEALER"));
            }
            broker.awaitCounter("violations.heartbeat-timeout", silent.size());
            silent.forEach(RawPeer::awaitEnd);
            client.sendMessage("", "task");
            broker.await(held -> held.waiting() == 1);
        } finally {
            silent.forEach(RawPeer::close);
        }
    }

    @Test
    void findsADeadPeerThatItConnectedToAndConnectsAgain() throws IOException {
        try (LogLines log = new LogLines();
                ServerSocket workers = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Endpoint any = Endpoint.parse("tcp://127.0.0.1:*");
            Endpoint there = Endpoint.parse("tcp://127.0.0.1:" + workers.getLocalPort() + "?connect&dialect=fetch");
            var config = BrokerConfig.builder(any, there, any).drain(Duration.ZERO);
            try (TestBroker broker = TestBroker.start(config.heartbeat(OFTEN).heartbeatTimeout(SOON));
                    RawPeer silent = shakeHands(RawPeer.accept(workers), "REQ")) {
                assertThat(silent.awaitEnd()).isTrue();
                assertThat(log.await("workers lost the connection"))
                        .endsWith(": nothing came for 0.4 s since a PING was due");
                shakeHands(RawPeer.accept(workers), "REQ").close();
                assertThat(broker.counter("violations.heartbeat-timeout")).isOne();
            }
        }
    }

    @Test
    void aPeerOfZmtp30GetsNoPing() {
        try (TestBroker broker = start();
                RawPeer client = broker.client("DEALER")) {
            assertThat(client.hearsNothingFor(1500)).isTrue();
            client.sendMessage("", "task");
            broker.await(held -> held.waiting() == 1);
        }
    }

    @Test
    void withoutHeartbeatsNobodyGetsAPing() {
        try (TestBroker broker = TestBroker.start(config -> config.heartbeat(Duration.ZERO));
                RawPeer client = ofZmtp31(broker.clientsPort(), "DEALER")) {
            assertThat(client.hearsNothingFor(1500)).isTrue();
        }
    }

    @Test
    void aTtlIsKeptWithoutHeartbeatsToo() {
        try (TestBroker broker = TestBroker.start(config -> config.heartbeat(Duration.ZERO));
                RawPeer client = broker.client("DEALER")) {
            client.sendHex("0407" + "0450494e47" + "0003");
            client.command();

            assertThat(client.awaitEnd()).isTrue();
            assertThat(broker.counter("violations.ttl-expired")).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 99, -100})
    void refusesTimesTooShortToKeep(long millis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerConfig.builder().heartbeat(Duration.ofMillis(millis)))
                .withMessageStartingWith("--heartbeat must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerConfig.builder().heartbeatTimeout(Duration.ofMillis(millis)))
                .withMessageStartingWith("--heartbeat-timeout must be");
    }

    @Test
    void refusesATimeoutWithoutHeartbeats() {
        Endpoint any = Endpoint.parse("tcp://127.0.0.1:*");
        var config = BrokerConfig.builder(any, any, any).heartbeatTimeout(SOON).heartbeat(Duration.ZERO);

        assertThatIllegalArgumentException().isThrownBy(config::build).withMessageContaining("without heartbeats");
    }

    private static TestBroker start() {
        return TestBroker.start(config -> config.heartbeat(OFTEN).heartbeatTimeout(SOON));
    }

    private static int workersPort(TestBroker broker) {
        return broker.broker().endpoints().get(1).endpoint().port();
    }

    /** As libzmq is since 4.3.3. */
    private static RawPeer ofZmtp31(int port, String socketType) {
        return shakeHands(RawPeer.silent(port), socketType);
    }

    private static RawPeer shakeHands(RawPeer peer, String socketType) {
        byte[] greeting = RawPeer.greeting();
        greeting[11] = 1;
        peer.send(greeting);
        peer.send(RawPeer.ready(socketType, ""));
        peer.octets(greeting.length);
        peer.command();
        return peer;
    }
}
