package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zmtpbroker.broker.net.Endpoint;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

            assertThat(broker.counter("queue.full-of-client")).isPositive();
            assertThat(broker.counter("queue.full")).isZero();
            assertThat(other.receiveText()).containsExactly("", "answer");
            for (int i = 0; i < 20; i++) {
                assertThat(flood.receiveText()).containsExactly("", "answer");
            }
        }
    }

    /** One more request is read as long as those there are hold less than may be. */
    @ParameterizedTest
    @CsvSource({"-1, 8", "0, 8", "1, 9"})
    void readsAClientUntilItsOwnRequestsHoldSoMuch(int octetsMore, int requests) {
        int charge = 2 + 2 + 5 + 256;
        try (TestBroker broker = TestBroker.start(config -> config.maxQueuedBytesPerClient(8L * charge + octetsMore));
                RawPeer flood = broker.client("DEALER");
                RawPeer other = broker.client("REQ")) {
            for (int i = 0; i < 20; i++) {
                flood.sendMessage("", "hello");
            }
            broker.await(held -> held.waiting() == requests);
            other.sendMessage("", "hello");

            broker.await(held -> held.waiting() == requests + 1);
        }
    }

    /** Its first requests come with its end, and cannot wait for room. */
    @Test
    void aStormOfClientsThatAskAndGoFillsTheQueueByAnEighthMoreAtMost() {
        int charge = 2 + 2 + 5 + 256;
        try (TestBroker broker = TestBroker.start(
                        config -> config.maxQueuedBytes(64L * charge).maxQueuedBytesPerClient(64L * charge));
                RawPeer filling = broker.client("DEALER")) {
            for (int i = 0; i < 64; i++) {
                filling.sendMessage("", "hello");
            }
            broker.await(held -> held.waiting() == 64);
            for (int i = 0; i < 100; i++) {
                try (RawPeer storm = broker.client("DEALER")) {
                    storm.sendMessage("", "hello");
                    storm.finish();
                    storm.awaitEnd();
                }
            }

            assertThat(broker.broker().snapshot().waiting()).isEqualTo(72);
            assertThat(broker.counter("drops.queue-full")).isEqualTo(92);
            assertThat(broker.counter("queue.full")).isOne();
        }
    }

    /** That they are clients shows with what they say first, and then it is read. */
    @Test
    void clientsOnAWorkersEndpointWaitForTheirTurnsToo() {
        int charge = 300;
        int full = 15 << 10; // what is longer may pin more than it is, and then nothing fits beside it
        try (TestBroker broker =
                        TestBroker.start(config -> config.maxQueuedBytes(full).maxQueuedBytesPerClient(full));
                RawPeer filling = broker.client("DEALER");
                RawPeer worker = broker.worker("DEALER")) {
            filling.sendMessage(new byte[0], new byte[full]);
            broker.await(held -> held.waiting() == 1);
            List<RawPeer> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                RawPeer client = broker.worker("REQ");
                client.sendMessage("", "MDPC01", "service", "question");
                clients.add(client);
            }
            for (int i = 0; i < 100; i++) {
                try (RawPeer storm = broker.worker("DEALER")) {
                    storm.sendMessage("", "MDPC01", "service", "question");
                    storm.finish();
                    storm.awaitEnd();
                }
            }
            long left = broker.broker().snapshot().waiting() - 1L;
            assertThat(left).isBetween(1L, (long) full / 8 / (charge - 20));
            assertThat(broker.counter("drops.queue-full")).isEqualTo(100 - left);

            try (RawPeer fetcher = broker.worker();
                    RawPeer answers = broker.answerer()) {
                fetcher.sendMessage("", "fetch");
                answers.sendMessage(fetcher.receive().get(1), ANSWER);
                worker.sendMessage(bytes(""), bytes("MDPW01"), new byte[] {1}, bytes("service"));
                for (int i = 0; i < 100 + left; i++) {
                    List<byte[]> task = worker.receive();
                    worker.sendMessage(bytes(""), bytes("MDPW01"), new byte[] {3}, task.get(3), bytes(""), ANSWER);
                }
                for (RawPeer client : clients) {
                    assertThat(client.receiveText()).containsExactly("", "MDPC01", "service", "answer");
                    client.hangUp();
                }
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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

    /** Short messages are read all the time, so it takes many of them. */
    @Test
    void closesOneWhenMessagesThatAreNotWholeHoldMoreThanThereIs() {
        List<RawPeer> peers = new ArrayList<>();
        try (TestBroker broker = TestBroker.start(config -> config.maxPartialBytes(1L << 20))) {
            while (broker.counter("connections.holding") == 0) {
                assertThat(peers).hasSizeLessThan(40);
                RawPeer peer = broker.client("DEALER");
                peers.add(peer);
                peer.sendHex("02" + String.format("%016x", 100_000));
                peer.send(new byte[60_000]);
                peer.sendHex("00");
            }

            assertThat(peers).hasSizeGreaterThan((1 << 20) / (1 << 17));
        }
        peers.forEach(RawPeer::hangUp);
    }

    @Test
    void aMessageForWhichThereIsNoRoomIsClosedOnItsHeader() {
        try (TestBroker broker = TestBroker.start(config -> config.maxPartialBytes(4L << 20));
                RawPeer fits = broker.client("DEALER");
                RawPeer peer = broker.client("DEALER")) {
            fits.sendMessage(new byte[0], new byte[3 << 20]);
            broker.await(held -> held.waiting() == 1);
            peer.sendHex("0100" + "02" + String.format("%016x", (3 << 20) + 1));
            peer.awaitEnd();

            assertThat(broker.counter("violations.frame-too-long")).isOne();
        }
    }

    @Test
    void aMessageThatCouldNotBeReceivedIsNoLimit() {
        long memory = 4L << 20;
        Endpoint any = Endpoint.parse("tcp://127.0.0.1:*");
        var config = BrokerConfig.builder(any, any, any).maxPartialBytes(memory);

        config.limits(ZmtpLimits.DEFAULT.withMaxMessageFrames(7)).build();
        config.limits(ZmtpLimits.DEFAULT.withMaxMessageLength(memory / 4 * 3)).build();
        config.limits(ZmtpLimits.DEFAULT.withMaxMessageLength(memory / 4 * 3 + 1));
        assertThatIllegalArgumentException()
                .isThrownBy(config::build)
                .withMessageStartingWith("--max-message-bytes 3145729 needs --max-partial-bytes of 4194308 or more");
    }

    @Test
    void saysAtTheStartWhatStandsForALimitThatIsTooLowForAMessage() {
        ZmtpLimits limits = ZmtpLimits.DEFAULT.withMaxMessageLength(4L << 20);
        try (LogLines log = new LogLines()) {
            TestBroker.start(config -> config.limits(limits).maxOutgoingBytes(20L << 20))
                    .close();
            assertThat(log.with("--max-outgoing-bytes")).isEmpty();

            TestBroker.start(config -> config.limits(limits).maxOutgoingBytes(1))
                    .close();
            assertThat(log.with("--max-outgoing-bytes is " + (20L << 20))).hasSize(1);
        }
    }

    @Test
    void leavesAPeerInPeaceAsLongAsNoMoreWaitsForItThanMay() {
        int most = 20 << 20;
        int headers = 4096; // and what Netty counts for each write; one that the kernel took a part of counts whole
        byte[] large = new byte[4 << 20];
        try (TestBroker broker =
                        TestBroker.start(config -> config.limits(ZmtpLimits.DEFAULT.withMaxMessageLength(4L << 20))
                                .maxQueuedBytes(200L << 20)
                                .maxOutgoingBytes(most + headers));
                RawPeer client = broker.client("DEALER");
                RawPeer worker = broker.worker("DEALER")) {
            for (int i = 0; i < 20; i++) {
                worker.sendMessage("", "fetch");
            }
            for (int i = 0; i < most / large.length; i++) {
                client.sendMessage(new byte[0], large);
            }
            broker.await(held -> held.running() == most / large.length);
            assertThat(broker.counter("connections.slow")).isZero();

            for (int i = 0; i < 4; i++) { // more than the kernel takes
                client.sendMessage(new byte[0], large);
            }
            broker.awaitCounter("connections.slow", 1);
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
