package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Limits of the whole broker, at their edges: what is refused is closed without a word, and counted. */
@ExtendWith(LeakCheck.class)
class LimitsTest {

    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);

    @Test
    void letsSoManyConnectionsInOfOneAddress() {
        try (TestBroker broker = TestBroker.start(config -> config.maxConnectionsPerAddress(3));
                RawPeer first = broker.client("REQ");
                RawPeer second = broker.client("REQ");
                RawPeer third = broker.client("REQ");
                RawPeer tooMany = RawPeer.silent(broker.clientsPort())) {
            tooMany.awaitEnd();

            assertThat(broker.counter("connections.refused.address-connections"))
                    .isOne();
            first.hangUp();
            second.hangUp();
            third.hangUp();
            comesInAtLast(broker);
        }
    }

    /** As a peer does that was closed: it tries again. */
    private static void comesInAtLast(TestBroker broker) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() - limit < 0) {
            try {
                broker.client("REQ").hangUp();
                return;
            } catch (UncheckedIOException e) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("is not let in");
    }

    @Test
    void letsSoManyHandshakesInAndMakesRoomForNewOnesInTheEnd() {
        try (TestBroker broker =
                        TestBroker.start(config -> config.maxHandshakes(3).maxHandshakesPerAddress(3));
                RawPeer first = RawPeer.silent(broker.clientsPort());
                RawPeer second = RawPeer.silent(broker.clientsPort());
                RawPeer third = RawPeer.silent(broker.clientsPort());
                RawPeer tooMany = RawPeer.silent(broker.clientsPort())) {
            tooMany.awaitEnd();
            assertThat(broker.counter("connections.refused.address-handshakes")).isOne();

            third.handshake("REQ", "");
            RawPeer fourth = RawPeer.silent(broker.clientsPort());
            while (broker.counter("handshakes.evicted") == 0) { // as peers do: who is closed comes again
                RawPeer.silent(broker.clientsPort()).hangUp();
            }

            first.awaitEnd();
            second.hangUp();
            fourth.hangUp();
        }
    }

    @Test
    void closesWhoSendsTooManyUnknownCommands() {
        try (TestBroker broker = TestBroker.start(
                        config -> config.limits(ZmtpLimits.DEFAULT.withMaxIgnoredCommandsPerSecond(5)));
                RawPeer peer = broker.client("DEALER")) {
            peer.sendHex("04020158".repeat(6));
            peer.awaitEnd();

            assertThat(broker.counter("violations.too-many-commands")).isOne();
        }
    }

    @Test
    void takesSoManyRequestsOfOneClientAndGoesOnWhenTheyAreFewer() {
        int charge = 2 + 2 + 5 + 256;
        try (TestBroker broker = TestBroker.start(config -> config.maxQueuedBytesPerClient(8L * charge));
                RawPeer flood = broker.client("DEALER");
                RawPeer other = broker.client("REQ");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer()) {
            for (int i = 0; i < 20; i++) {
                flood.sendMessage("", "hello");
            }
            broker.await(held -> held.waiting() == 8);
            other.sendMessage("", "hello");
            broker.await(held -> held.waiting() == 9);

            for (int i = 0; i < 21; i++) {
                worker.sendMessage("", "fetch");
                answers.sendMessage(worker.receive().get(1), ANSWER);
            }

            assertThat(other.receiveText()).containsExactly("", "answer");
            for (int i = 0; i < 20; i++) {
                assertThat(flood.receiveText()).containsExactly("", "answer");
            }
        }
    }

    @Test
    void doesNotPileUpWhatAClientSendsBeyondItsShare() {
        try (TestBroker broker = TestBroker.start(
                        config -> config.maxQueuedBytesPerClient(64 << 10).maxPartialBytes(1 << 20));
                RawPeer flood = broker.client("DEALER");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer()) {
            var flooding = CompletableFuture.runAsync(() -> {
                byte[] many = new byte[9 * 100_000];
                for (int at = 0; at < many.length; at += 9) {
                    System.arraycopy(new byte[] {1, 0, 0, 5, 'f', 'l', 'o', 'o', 'd'}, 0, many, at, 9);
                }
                for (int i = 0; i < 20; i++) {
                    flood.send(many);
                }
            });

            for (int i = 0; i < 3_000; i++) {
                worker.sendMessage("", "fetch");
                answers.sendMessage(worker.receive().get(1), ANSWER);
            }

            assertThat(broker.counter("connections.holding")).isZero();
            flood.hangUp();
            assertThat(flooding).isNotCancelled();
        }
    }

    @Test
    void closesAWorkerThatFetchesAndDoesNotRead() {
        byte[] large = new byte[12 << 20];
        try (TestBroker broker =
                        TestBroker.start(config -> config.limits(ZmtpLimits.DEFAULT.withMaxMessageLength(16L << 20))
                                .maxQueuedBytes(200L << 20)
                                .maxOutgoingBytes(1));
                RawPeer client = broker.client("DEALER");
                RawPeer worker = broker.worker("DEALER")) {
            for (int i = 0; i < 8; i++) {
                worker.sendMessage("", "fetch");
            }
            for (int i = 0; i < 8; i++) {
                client.sendMessage(new byte[0], large);
            }

            broker.awaitCounter("connections.slow", 1);
            broker.await(held -> held.workers() == 0);
        }
    }

    @Test
    void closesWhoHoldsMoreWithAMessageThanThereIs() {
        try (TestBroker broker = TestBroker.start(config -> config.maxPartialBytes(4L << 20));
                RawPeer peer = broker.client("DEALER")) {
            peer.sendHex("02" + String.format("%016x", 8 << 20));
            try {
                peer.send(new byte[6 << 20]);
            } catch (UncheckedIOException e) {
                assertThat(e.getCause()).isNotNull();
            }
            peer.awaitEnd();

            assertThat(broker.counter("connections.holding")).isOne();
        }
    }

    @Test
    void oneMessageOfEachClientIsTakenInTurnWhileTheQueueIsFull() {
        int charge = 2 + 2 + 5 + 256;
        try (TestBroker broker = TestBroker.start(
                        config -> config.maxQueuedBytes(16L * charge).maxQueuedBytesPerClient(16L * charge));
                RawPeer flood = broker.client("DEALER");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer()) {
            for (int i = 0; i < 2000; i++) {
                flood.sendMessage("", "flood");
            }
            broker.await(held -> held.waiting() == 16);
            List<RawPeer> others = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                RawPeer other = broker.client("REQ");
                other.sendMessage("", "other");
                others.add(other);
            }

            int served = 0;
            int tasks = 0;
            while (served < 8) {
                worker.sendMessage("", "fetch");
                List<byte[]> task = worker.receive();
                answers.sendMessage(task.get(1), ANSWER);
                served += new String(task.get(2), StandardCharsets.UTF_8).equals("other") ? 1 : 0;
                tasks++;
            }

            // What was queued when they came, and then turns: as many of the flood as of each of the others.
            assertThat(tasks).isLessThan(16 + 8 + 16);
            others.forEach(RawPeer::hangUp);
        }
    }
}
