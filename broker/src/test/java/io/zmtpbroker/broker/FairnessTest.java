package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A peer that sends without end beside others that ask and answer in turn: how long they wait is counted in messages. */
@ExtendWith(LeakCheck.class)
class FairnessTest {

    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);
    private static final int ROUNDS = 100;

    /** Of a message of two frames, the second of five octets. */
    private static final int CHARGE = 2 + 2 + 5 + 256;

    /** Requests are served in the order in which they came, so the flood's share of the queue is what others wait for. */
    @Test
    void aFloodingClientDelaysOthersByItsShareOfTheQueueAtMost() {
        int share = 20;
        try (TestBroker broker = TestBroker.start(config -> config.maxQueuedBytesPerClient((long) share * CHARGE));
                RawPeer lockstep = broker.client("REQ");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer();
                Flood flood = new Flood(broker.client("DEALER"), repeated(message("", "flood"), 1000))) {
            flood.start();
            broker.await(held -> held.waiting() >= share);

            for (int round = 0; round < ROUNDS; round++) {
                lockstep.sendMessage("", "other");
                int tasks = 0;
                boolean served = false;
                while (!served) {
                    worker.sendMessage("", "fetch");
                    List<byte[]> task = worker.receive();
                    answers.sendMessage(task.get(1), ANSWER);
                    served = text(task.get(2)).equals("other");
                    tasks++;
                }
                assertThat(lockstep.receiveText()).containsExactly("", "answer");
                // What was there when it came, what came before it was read, and itself.
                assertThat(tasks).isLessThanOrEqualTo(2 * share + 1);
            }
        }
    }

    @Test
    void aWorkerThatAnswersForNothingWithoutEndStopsNobodyAndIsClosed() {
        byte[] made = repeated(message("0123456789abcdef", "answer"), 10_000);
        try (TestBroker broker = TestBroker.start();
                RawPeer client = broker.client("REQ");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer();
                Flood flood = new Flood(broker.answerer(), made)) {
            flood.start();
            long before = broker.counter("drops.unknown-request");
            for (int round = 0; round < ROUNDS; round++) {
                serve(client, worker, answers);
            }
            long floodedARound = (broker.counter("drops.unknown-request") - before) / ROUNDS;

            // A portion of 256 KiB is some 10,000 of them; a round is several turns of the loop, and some of this
            // test's threads.
            assertThat(floodedARound).isLessThan(400_000);
            broker.awaitCounter("connections.faulty", 1);
            broker.await(held -> held.running() == 0 && held.waiting() == 0);
        }
    }

    @Test
    void aWorkerThatFetchesWithoutEndIsClosedAndStopsNobody() {
        try (TestBroker broker = TestBroker.start();
                RawPeer client = broker.client("REQ");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer();
                Flood flood = new Flood(broker.worker("DEALER"), repeated(message("", "fetch"), 10_000))) {
            flood.start();
            broker.awaitCounter("connections.faulty", 1);

            for (int round = 0; round < ROUNDS; round++) {
                serve(client, worker, answers);
            }
        }
    }

    private static void serve(RawPeer client, RawPeer worker, RawPeer answers) {
        worker.sendMessage("", "fetch");
        client.sendMessage("", "hello");
        answers.sendMessage(worker.receive().get(1), ANSWER);
        assertThat(client.receiveText()).containsExactly("", "answer");
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8);
    }

    private static byte[] message(String first, String second) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(RawPeer.frame(1, first.getBytes(StandardCharsets.UTF_8)));
        octets.writeBytes(RawPeer.frame(0, second.getBytes(StandardCharsets.UTF_8)));
        return octets.toByteArray();
    }

    private static byte[] repeated(byte[] octets, int times) {
        var many = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            many.writeBytes(octets);
        }
        return many.toByteArray();
    }

    /** Sends the same octets again and again, on a thread of its own, until it is closed. */
    private static final class Flood implements AutoCloseable {
        private final RawPeer peer;
        private final byte[] octets;
        private final AtomicBoolean ended = new AtomicBoolean();
        private CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);

        Flood(RawPeer peer, byte[] octets) {
            this.peer = peer;
            this.octets = octets;
        }

        void start() {
            sending = CompletableFuture.runAsync(() -> {
                try {
                    while (!ended.get()) {
                        peer.send(octets);
                    }
                } catch (UncheckedIOException e) {
                    ended.set(true); // closed, by us or by the broker
                }
            });
        }

        @Override
        public void close() {
            ended.set(true);
            peer.hangUp();
            sending.join();
        }
    }
}
