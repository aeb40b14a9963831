package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.ListenException;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole broker in this process, with peers framed by hand: what the pure parts cannot show. */
@ExtendWith(LeakCheck.class)
class BrokerTest {

    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);

    @Test
    void handsATaskOutAgainRightAfterItsWorkerWentUnanswered() {
        try (TestBroker broker = TestBroker.start(config -> config.workerGrace(Duration.ofMillis(20)));
                RawPeer client = broker.client("REQ");
                RawPeer second = broker.worker();
                RawPeer answers = broker.answerer()) {
            client.sendMessage("", "task");
            RawPeer first = broker.worker();
            first.sendMessage("", "fetch");
            byte[] id = first.receive().get(1);
            second.sendMessage("", "fetch");

            first.hangUp();

            List<byte[]> task = second.receive();
            assertThat(task.get(1)).isEqualTo(id);
            answers.sendMessage(id, ANSWER);
            assertThat(client.receiveText()).containsExactly("", "answer");
            assertThat(broker.counter("attempts.retried.worker-gone")).isOne();
        }
    }

    @Test
    void handsATaskThatWasNeverWrittenOutAgainAtOnceAndAtNoCost() {
        byte[] large = new byte[48 << 20]; // more than the buffers of a connection take
        try (TestBroker broker = TestBroker.start(
                        config -> config.maxQueuedBytes(256L << 20).tries(1).workerGrace(Duration.ofMinutes(1)));
                RawPeer client = broker.client("DEALER");
                RawPeer second = broker.worker();
                RawPeer answers = broker.answerer()) {
            RawPeer first = broker.worker("DEALER");
            first.sendMessage("", "fetch");
            first.sendMessage("", "fetch");
            client.sendMessage(new byte[0], large);
            broker.await(held -> held.running() == 1);
            client.sendMessage("", "behind it");
            broker.await(held -> held.running() == 2);

            first.reset();

            broker.awaitCounter("attempts.returned-unwritten", 1);
            second.sendMessage("", "fetch");
            List<byte[]> task = second.receive();
            assertThat(new String(task.get(2), StandardCharsets.UTF_8)).isEqualTo("behind it");
            answers.sendMessage(task.get(1), ANSWER);
            assertThat(client.receiveText()).containsExactly("", "answer");
        }
    }

    @Test
    void failsATaskThatNoWorkerEndures() {
        byte[] large = new byte[48 << 20];
        try (TestBroker broker = TestBroker.start(
                        config -> config.maxQueuedBytes(256L << 20).tries(3).workerGrace(Duration.ZERO));
                RawPeer client = broker.client("REQ")) {
            client.sendMessage(new byte[0], large);
            broker.await(held -> held.waiting() == 1);

            for (int attempt = 0; attempt < 3; attempt++) {
                RawPeer worker = broker.worker();
                worker.sendMessage("", "fetch");
                worker.octets(100); // enough to see that it is too long
                worker.reset();
            }

            assertThat(client.receiveText()).containsExactly("", "");
        }
    }

    @Test
    void countsATaskThatWasWrittenWholeAsAnAttempt() {
        try (TestBroker broker = TestBroker.start(config -> config.tries(1).workerGrace(Duration.ofMillis(20)));
                RawPeer client = broker.client("REQ")) {
            RawPeer worker = broker.worker();
            worker.sendMessage("", "fetch");
            client.sendMessage("", "task");
            worker.receive();

            worker.hangUp();

            assertThat(client.receiveText()).containsExactly("", "");
            assertThat(broker.counter("attempts.returned-unwritten")).isZero();
        }
    }

    @Test
    void takesTheAnswerOfAWorkerThatHasHungUpWithinItsGrace() {
        try (TestBroker broker = TestBroker.start(config -> config.workerGrace(Duration.ofMinutes(1)));
                RawPeer client = broker.client("REQ");
                RawPeer answers = broker.answerer()) {
            client.sendMessage("", "task");
            RawPeer worker = broker.worker();
            worker.sendMessage("", "fetch");
            byte[] id = worker.receive().get(1);
            worker.hangUp();
            broker.await(held -> held.workers() == 0);

            answers.sendMessage(id, ANSWER);

            assertThat(client.receiveText()).containsExactly("", "answer");
        }
    }

    @Test
    void failsARequestWhoseAttemptsHaveAllTimedOut() {
        try (TestBroker broker = TestBroker.start(config -> config.tries(2).timeout(Duration.ofMillis(10)));
                RawPeer client = broker.client("REQ");
                RawPeer worker = broker.worker()) {
            client.sendMessage("", "task");
            worker.sendMessage("", "fetch");
            byte[] id = worker.receive().get(1);
            worker.sendMessage("", "fetch");

            assertThat(worker.receive().get(1)).isEqualTo(id);
            assertThat(client.receiveText()).containsExactly("", "");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "47455420 2f204854 54502f31 2e310d0a 0d0a", // HTTP
                "16030102 00010001 fc0303", // TLS
                "01000004 78797a", // ZMTP 1.0
                "ff000000 00000000 007f00 05", // ZMTP 2.0 with the framing of 1.0
            })
    void closesWhoSpeaksSomethingElseAndNobodyElse(String hex) {
        try (TestBroker broker = TestBroker.start();
                RawPeer client = broker.client("REQ");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer();
                RawPeer stranger = RawPeer.silent(broker.clientsPort())) {
            stranger.sendHex(hex);

            stranger.awaitEnd();
            client.sendMessage("", "task");
            worker.sendMessage("", "fetch");
            answers.sendMessage(worker.receive().get(1), ANSWER);
            assertThat(client.receiveText()).containsExactly("", "answer");
        }
    }

    @Test
    void givesBackATaskWhoseWorkerBrokeTheProtocol() {
        try (TestBroker broker = TestBroker.start(config -> config.workerGrace(Duration.ZERO));
                RawPeer client = broker.client("REQ");
                RawPeer bad = broker.worker();
                RawPeer good = broker.worker();
                RawPeer answers = broker.answerer()) {
            client.sendMessage("", "task");
            bad.sendMessage("", "fetch");
            bad.receive();

            bad.sendHex("f8 00");

            good.sendMessage("", "fetch");
            answers.sendMessage(good.receive().get(1), ANSWER);
            assertThat(client.receiveText()).containsExactly("", "answer");
            assertThat(broker.counter("violations.reserved-flags")).isOne();
        }
    }

    @Test
    void closesAPeerThatKeepsSendingMessagesWithoutMeaning() {
        try (TestBroker broker = TestBroker.start();
                RawPeer client = broker.client("DEALER")) {
            for (int i = 0; i < 100; i++) {
                client.sendMessage("no delimiter");
            }

            client.awaitEnd();
            assertThat(broker.counter("drops.no-delimiter")).isEqualTo(100);
            assertThat(broker.counter("connections.faulty")).isOne();
        }
    }

    @Test
    void saysWhichEndpointCannotBeBound() {
        try (TestBroker broker = TestBroker.start()) {
            Endpoint any = Endpoint.parse("tcp://127.0.0.1:*");
            Endpoint taken = broker.broker().endpoints().get(1).endpoint();

            assertThatThrownBy(() ->
                            Broker.start(BrokerConfig.builder(any, taken, any).build()))
                    .isInstanceOf(ListenException.class)
                    .hasMessage("cannot listen on " + taken + " for workers: Address already in use");
        }
    }
}
