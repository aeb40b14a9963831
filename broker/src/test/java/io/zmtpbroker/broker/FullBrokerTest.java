package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole broker when there is as much as may be: connections, requests, answers that nobody reads. */
@ExtendWith(LeakCheck.class)
class FullBrokerTest {

    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);

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
}
