package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zmtpbroker.broker.net.Transport;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Crowds that want to exhaust a broker with little memory: it stays small, nobody else notices, and what is closed is counted. */
@Tag("alone")
class HostileCrowdsTest {
    private static final int MIB = 1 << 20;
    private static final byte[] PING = {4, 7, 4, 'P', 'I', 'N', 'G', 0, 0};
    private static final byte[] UNKNOWN = {4, 2, 1, 'X'};

    /** Heap, memory for buffers, and what a JVM needs beside them. */
    private static final long RESIDENT_MEGABYTES = 400;

    @Test
    void fiftyHeadersOfAGibibyteCostNothing() {
        try (BrokerProcess broker = small("--max-message-bytes", "1500m", "--max-partial-bytes", "2g")
                        .start();
                Bystanders others = new Bystanders(broker)) {
            List<RawPeer> peers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                RawPeer peer = RawPeer.connect(broker.clientsPort(), "DEALER");
                peer.sendHex("02" + String.format("%016x", 1 << 30) + "00".repeat(100));
                peers.add(peer);
            }

            others.assertServed();
            assertThat(broker.residentMegabytes()).isLessThan(RESIDENT_MEGABYTES);
            peers.forEach(RawPeer::close);
        }
    }

    @Test
    void endlessEmptyFramesEndTheirConnection() {
        try (BrokerProcess broker = small().start();
                Bystanders others = new Bystanders(broker)) {
            try (RawPeer peer = RawPeer.connect(broker.clientsPort(), "DEALER")) {
                sendUntilClosed(peer, repeated(new byte[] {1, 0}, 10_000), 1_000);
            }

            others.assertServed();
            broker.stop();
            assertThat(broker.counted("violations.too-many-frames")).isOne();
        }
    }

    /** A worker is read also when it does not read. */
    @Test
    void aMillionAndAHalfPingsThatNobodyReadsTheAnswersOf() {
        try (BrokerProcess broker = small().start();
                Bystanders others = new Bystanders(broker);
                RawPeer peer = RawPeer.connect(broker.workersPort(), "DEALER")) {
            sendPings(peer);

            others.assertServed();
            assertThat(broker.residentMegabytes()).isLessThan(RESIDENT_MEGABYTES);
        }
    }

    /** A client is not, so it comes to a halt before it has sent them all. */
    @Test
    void aClientThatSendsPingsAndNeverReads() {
        try (BrokerProcess broker = small().start();
                Bystanders others = new Bystanders(broker);
                Crowd<Boolean> crowd = new Crowd<>()) {
            RawPeer peer = RawPeer.connect(broker.clientsPort(), "DEALER");
            crowd.add(() -> {
                try {
                    sendPings(peer);
                    return true;
                } catch (UncheckedIOException e) {
                    return false; // we have closed it
                }
            });
            for (int i = 0; i < 100; i++) {
                others.assertServed();
            }

            assertThat(broker.residentMegabytes()).isLessThan(RESIDENT_MEGABYTES);
            peer.close();
            assertThat(crowd.await(Limits.SOON)).hasSize(1);
        }
    }

    private static void sendPings(RawPeer peer) {
        byte[] many = repeated(PING, 15_000);
        for (int i = 0; i < 100; i++) {
            peer.send(many);
        }
    }

    @Test
    void aHundredThousandUnknownCommandsEndTheirConnection() {
        try (BrokerProcess broker = small().start();
                Bystanders others = new Bystanders(broker)) {
            try (RawPeer peer = RawPeer.connect(broker.workersPort(), "DEALER")) {
                sendUntilClosed(peer, repeated(UNKNOWN, 1_000), 100);
            }

            others.assertServed();
            broker.stop();
            assertThat(broker.counted("violations.too-many-commands")).isOne();
        }
    }

    @Test
    void fourHundredSilentConnectionsDelayNobody() {
        try (BrokerProcess broker = small().start();
                Bystanders others = new Bystanders(broker)) {
            List<RawPeer> silent = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                silent.add(RawPeer.silent(i % 2 == 0 ? broker.clientsPort() : broker.workersPort()));
            }

            for (int i = 0; i < 100; i++) {
                others.assertServed();
            }
            assertThat(broker.residentMegabytes()).isLessThan(RESIDENT_MEGABYTES);
            silent.forEach(RawPeer::close);
        }
    }

    @Test
    void stormsOfConnectionsThatAreResetLeaveNothingBehind() {
        try (BrokerProcess broker = small().start();
                Bystanders others = new Bystanders(broker)) {
            others.assertServed();
            List<String> files = broker.openFileNames();
            storm(100, broker); // what is opened once, by the JVM as well, is open now
            List<String> filesBefore = settled(files, broker, others, Duration.ofSeconds(2));

            storm(5_000, broker);

            others.assertServed();
            assertThat(settled(filesBefore, broker, others, Limits.SOON)).hasSizeLessThanOrEqualTo(filesBefore.size());
            assertThat(broker.residentMegabytes()).isLessThan(RESIDENT_MEGABYTES);
        }
    }

    /** Connections one after the other that are reset within their greeting, or right before or behind it. */
    private static void storm(int connections, BrokerProcess broker) {
        var random = new SplittableRandom(4);
        byte[] greeting = RawPeer.greeting();
        for (int i = 0; i < connections; i++) {
            RawPeer peer = RawPeer.silent(broker.clientsPort());
            peer.send(Arrays.copyOf(greeting, random.nextInt(greeting.length + 1)));
            peer.reset();
        }
    }

    /** What the broker has open when it is no more than so much, or has had time enough to close the rest. */
    private static List<String> settled(List<String> files, BrokerProcess broker, Bystanders others, Duration within) {
        long deadlineNanos = System.nanoTime() + within.toNanos();
        List<String> open = broker.openFileNames();
        while (open.size() > files.size() && System.nanoTime() - deadlineNanos < 0) {
            others.assertServed();
            open = broker.openFileNames();
        }
        return open;
    }

    @Test
    void twoThousandPeersOfOneAddressComeAtOnceByDefault() {
        try (BrokerProcess broker = small().start();
                Bystanders others = new Bystanders(broker)) {
            List<RawPeer> peers = new ArrayList<>();
            byte[] greeting = RawPeer.greeting();
            byte[] ready = RawPeer.ready("DEALER", "");
            for (int i = 0; i < 2_000; i++) {
                RawPeer peer = RawPeer.silent(broker.clientsPort());
                peer.send(greeting);
                peer.send(ready);
                peers.add(peer);
            }
            for (RawPeer peer : peers) {
                peer.octets(greeting.length);
                assertThat(peer.command()).isNotEmpty();
            }

            others.assertServed();
            peers.forEach(RawPeer::close);
            broker.stop();
            assertThat(broker.counted("connections.refused")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void acceptingGoesOnWhenThereAreDescriptorsAgain(Transport transport) {
        assumeTrue(transport.unavailable() == null);
        try (BrokerProcess broker = small("--max-connections", "1000")
                        .transport(transport.label())
                        .under("prlimit", "--nofile=100")
                        .start();
                Bystanders others = new Bystanders(broker)) {
            List<RawPeer> peers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                peers.add(RawPeer.silent(broker.clientsPort())); // the last ones wait in the backlog
            }
            others.assertServed();
            long before = broker.processorMillis();
            peers.get(199).hearsNothingFor(1_000);
            long spent = broker.processorMillis() - before;

            peers.forEach(RawPeer::close);
            RawPeer.connect(broker.clientsPort(), "REQ").close();
            others.assertServed();
            assertThat(spent).as("milliseconds of processor time in a second").isLessThan(500);
            broker.stop();
            assertThat(broker.counted("connections.accept-failed")).isBetween(1L, 1_000L);
        }
    }

    /**
     * Each has too little waiting for being slow by itself: it is all of them together that the memory cannot hold. On a
     * Unix socket, of which the kernel holds less than of TCP.
     */
    @Test
    void clientsThatDoNotReadHoldNoMoreThanTheMemoryAllows(@TempDir Path directory) {
        int requests = 72;
        byte[] answer = new byte[15_000];
        Path socket = directory.resolve("clients");
        try (BrokerProcess broker = small("--clients", "ipc://" + socket, "--revive-fetch", "0")
                        .jvm("-Xmx128m")
                        .start();
                Bystanders others = new Bystanders(broker);
                RawPeer worker = RawPeer.connect(broker.workersPort(), "DEALER");
                RawPeer answers = RawPeer.connect(broker.answersPort(), "PUSH")) {
            List<RawPeer> unread = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                RawPeer peer = RawPeer.connect(socket, "DEALER");
                unread.add(peer);
                for (int asked = 0; asked < requests; asked++) {
                    peer.sendMessage("", "question");
                    worker.sendMessage("", "fetch");
                }
                for (int answered = 0; answered < requests; answered++) {
                    answers.sendMessage(worker.receive().get(1), answer);
                }
            }

            others.assertServed();
            try (Bystanders fresh = new Bystanders(broker)) {
                fresh.assertServed();
            }
            unread.forEach(RawPeer::close);
            broker.stop();
            assertThat(broker.process().errors()).doesNotContain("OutOfMemory");
            assertThat(broker.counted("connections.slow")).isPositive();
        }
    }

    @Test
    void aConnectionThatIsClosedForWantOfMemoryIsCounted() {
        try (ChildProcess process = small("--max-message-bytes", "48m", "--max-partial-bytes", "64m")
                .jvm("-XX:MaxDirectMemorySize=32m")
                .launch()) {
            BrokerProcess broker =
                    new BrokerProcess(process); // not closed, which would complain of the error in the log
            try (Bystanders others = new Bystanders(broker);
                    RawPeer peer = RawPeer.connect(broker.clientsPort(), "DEALER")) {
                sendUntilClosed(peer, RawPeer.frame(0, new byte[40 * MIB]), 1);
                others.assertServed();
            }
            broker.stop();
            assertThat(broker.counted("connections.failed")).isOne();
        }
    }

    private static BrokerCommand small(String... options) {
        return BrokerCommand.with(options);
    }

    private static byte[] repeated(byte[] octets, int times) {
        byte[] all = new byte[octets.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(octets, 0, all, i * octets.length, octets.length);
        }
        return all;
    }

    private static void sendUntilClosed(RawPeer peer, byte[] octets, int times) {
        try {
            for (int i = 0; i < times; i++) {
                peer.send(octets);
            }
        } catch (UncheckedIOException e) {
            return;
        }
        peer.awaitEnd();
    }
}
