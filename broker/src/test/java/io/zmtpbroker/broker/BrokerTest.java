package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.ListenException;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        try (TestBroker broker = TestBroker.start(config -> config.tries(1).workerGrace(Duration.ofMinutes(1)));
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
        try (TestBroker broker = TestBroker.start(config -> config.tries(3).workerGrace(Duration.ZERO));
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
    void refusesConnectionsBeyondTheLimitAndTakesThemAgainLater() {
        try (TestBroker broker = TestBroker.start(config -> config.maxConnections(2));
                RawPeer first = broker.client("REQ");
                RawPeer worker = broker.worker()) {
            try (RawPeer third = RawPeer.silent(broker.clientsPort())) {
                third.awaitEnd();
            }
            assertThat(broker.counter("connections.refused")).isOne();

            first.sendMessage("", "of one that goes");
            broker.await(held -> held.clients() == 1);
            first.hangUp();
            broker.await(held -> held.clients() == 0);

            try (RawPeer again = clientWhenThereIsRoom(broker)) {
                again.sendMessage("", "task");
                worker.sendMessage("", "fetch");
                assertThat(worker.receiveText()).contains("task");
            }
        }
    }

    /** The dispatcher may know that a client has gone before its connection is counted as closed. */
    private static RawPeer clientWhenThereIsRoom(TestBroker broker) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (true) {
            try {
                return broker.client("REQ");
            } catch (UncheckedIOException e) { // it was closed at once
                assertThat(System.nanoTime() - limit).isNegative();
            }
        }
    }

    @Test
    void stopsReadingClientsWhenTheQueueIsFullAndGoesOnWhenThereIsRoom() throws InterruptedException {
        int requests = 2000;
        try (TestBroker broker = TestBroker.start(
                        config -> config.maxQueuedBytes(100_000).maxQueuedBytesPerClient(100_000));
                RawPeer client = broker.client("DEALER");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer()) {
            byte[] body = new byte[10_000];
            Thread asking = new Thread(() -> {
                for (int i = 0; i < requests; i++) {
                    body[0] = (byte) i;
                    client.sendMessage(new byte[0], body);
                }
            });
            asking.start();
            broker.await(held -> held.queuedOctets() >= 100_000);
            assertThat(broker.broker().snapshot().queuedOctets()).isLessThan(100_000 + 70_000);

            for (int i = 0; i < requests; i++) {
                worker.sendMessage("", "fetch");
                List<byte[]> task = worker.receive();
                assertThat(task.get(2)[0]).as("in order").isEqualTo((byte) i);
                answers.sendMessage(task.get(1), ANSWER);
                assertThat(client.receiveText()).containsExactly("", "answer");
            }
            asking.join();
            assertThat(broker.broker().snapshot().queuedOctets()).isZero();
        }
    }

    @Test
    void stopsReadingEveryClientWhenTheQueueIsFullAlsoThoseThatComeLater() {
        try (TestBroker broker = TestBroker.start(
                        config -> config.maxQueuedBytes(100_000).maxQueuedBytesPerClient(100_000));
                RawPeer first = broker.client("DEALER");
                RawPeer other = broker.client("DEALER");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer()) {
            other.sendMessage("", "of the other");
            broker.await(held -> held.waiting() == 1);
            first.sendMessage(new byte[0], new byte[100_000]);
            broker.await(held -> held.waiting() == 2);

            try (RawPeer late = broker.client("REQ")) {
                late.sendMessage("", "late");
                other.sendMessage("", "of the other");
                assertThat(broker.broker().snapshot().waiting()).isEqualTo(2);
                for (String reader : new String[] {"other", "first", "both"}) {
                    worker.sendMessage("", "fetch");
                    answers.sendMessage(worker.receive().get(1), reader.getBytes(StandardCharsets.UTF_8));
                }

                assertThat(first.receiveText()).containsExactly("", "first");
                broker.await(held -> held.waiting() == 1);
            }
        }
    }

    @Test
    void closesClientsThatDoNotReadWhenTooMuchWaitsForThem() {
        byte[] large = new byte[4 << 20];
        try (TestBroker broker = TestBroker.start(config -> config.maxQueuedBytes(16 << 20));
                RawPeer client = broker.client("REQ");
                RawPeer stubborn = RawPeer.silent(broker.clientsPort(), 4096);
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer()) {
            stubborn.handshake("DEALER", "");
            for (int i = 0; i < 10; i++) {
                stubborn.sendMessage("", "much");
                worker.sendMessage("", "fetch");
            }
            List<byte[]> ids = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                ids.add(worker.receive().get(1));
            }

            answers.sendMessage(ids.get(0), large);
            broker.awaitCounter("requests.answered", 1); // it is slow from now on, and then more piles up
            ids.subList(1, ids.size()).forEach(id -> answers.sendMessage(id, large));

            broker.awaitCounter("connections.slow", 1);
            client.sendMessage("", "little");
            worker.sendMessage("", "fetch");
            answers.sendMessage(worker.receive().get(1), ANSWER);
            assertThat(client.receiveText()).containsExactly("", "answer");
        }
    }

    @Test
    void deliversAnAnswerThatIsLongerThanTheQueueToAClientThatReads() {
        byte[] large = new byte[32 << 20];
        try (TestBroker broker = TestBroker.start(config -> config.maxQueuedBytes(1 << 20));
                RawPeer client = broker.client("REQ");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer()) {
            client.sendMessage("", "much");
            worker.sendMessage("", "fetch");
            answers.sendMessage(worker.receive().get(1), large);
            broker.awaitCounter("requests.answered", 1);

            assertThat(client.receive().get(1)).hasSize(large.length);
            assertThat(broker.counter("connections.slow")).isZero();
        }
    }

    @Test
    void failsWhatClientsHadSentWhileTheyWereNotReadWhenItStops() throws Exception {
        int requests = 300;
        TestBroker broker =
                TestBroker.start(config -> config.maxQueuedBytes(10_000).maxQueuedBytesPerClient(10_000));
        try (RawPeer client = broker.client("DEALER")) {
            for (int i = 0; i < requests; i++) {
                client.sendMessage(new byte[0], new byte[1000]);
            }
            broker.await(held -> held.queuedOctets() >= 10_000);

            CompletableFuture<?> stopped = broker.broker().stop();

            for (int i = 0; i < requests; i++) {
                assertThat(client.receiveText()).containsExactly("", "");
            }
            assertThat(client.awaitEnd()).isTrue();
            client.hangUp();
            stopped.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void letsRunningAttemptsEndAndFailsTheRestWhenItStops() throws Exception {
        TestBroker broker = TestBroker.start(config -> config.drain(Duration.ofSeconds(30)));
        try (RawPeer served = broker.client("REQ");
                RawPeer waiting = broker.client("REQ");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer()) {
            worker.sendMessage("", "fetch");
            served.sendMessage("", "runs");
            byte[] id = worker.receive().get(1);
            waiting.sendMessage("", "waits");
            broker.await(held -> held.waiting() == 1 && held.running() == 1);

            CompletableFuture<?> stopped = broker.broker().stop();
            assertThat(broker.broker().snapshot().running())
                    .as("asked after the stop has begun")
                    .isOne();
            worker.sendMessage("", "fetch");
            answers.sendMessage(id, ANSWER);

            assertThat(served.receiveText()).containsExactly("", "answer");
            assertThat(waiting.receiveText()).containsExactly("", "");
            assertThat(served.awaitEnd()).as("ended with FIN").isTrue();
            assertThat(waiting.awaitEnd()).as("ended with FIN").isTrue();
            served.hangUp();
            waiting.hangUp();
            worker.hangUp();
            answers.hangUp();
            stopped.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void failsWhatRunsWhenTheTimeToDrainIsOver() throws Exception {
        TestBroker broker = TestBroker.start(config -> config.drain(Duration.ofMillis(50)));
        try (RawPeer client = broker.client("REQ");
                RawPeer worker = broker.worker()) {
            worker.sendMessage("", "fetch");
            client.sendMessage("", "runs");
            worker.receive();

            CompletableFuture<?> stopped = broker.broker().stop();

            assertThat(client.receiveText()).containsExactly("", "");
            assertThat(client.awaitEnd()).isTrue();
            client.hangUp();
            worker.hangUp();
            stopped.get(5, TimeUnit.SECONDS);
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
