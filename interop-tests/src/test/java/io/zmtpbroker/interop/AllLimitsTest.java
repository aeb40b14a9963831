package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All totals full at once, at default settings: there must be memory for all of it, and for those who do nothing wrong. */
@Tag("alone")
class AllLimitsTest {

    /** Each kind of peers brings more than a third of it, so it is the totals that hold. */
    private static final String MEMORY = "-Xmx256m";

    private static final int MIB = 1 << 20;
    private static final byte[] ANSWER = {42};
    private static final String PING = "0407" + "0450494e47" + "0000";
    private static final int PONG = 2 + 5;

    @Test
    void anHonestClientIsServedWhenEveryTotalIsFull(@TempDir Path directory) {
        Path socket = directory.resolve("clients");
        List<RawPeer> peers = new ArrayList<>();
        try (BrokerProcess broker = BrokerCommand.with(
                                "--clients", "ipc://" + socket, "--revive-fetch", "0", "--drain", "0")
                        .jvm(MEMORY)
                        .start();
                Crowd<Integer> crowd = new Crowd<>()) {
            workersThatDoNotRead(broker, 14, peers);
            clientsThatDoNotRead(broker, socket, 140, peers);
            messagesThatDoNotEnd(broker, 1800, peers);

            RawPeer probe = RawPeer.connect(broker.clientsPort(), "DEALER");
            peers.add(probe);
            for (int i = 0; i < 4; i++) { // one alone may have half of the queue
                RawPeer flood = RawPeer.connectFromElsewhere(broker.clientsPort(), "DEALER");
                peers.add(flood);
                crowd.add(() -> sendUntilClosed(flood));
                crowd.add(() -> readUntilClosed(flood));
            }
            awaitFullQueue(probe);
            crowd.add(() -> work(broker));
            try (RawPeer client = RawPeer.connect(broker.clientsPort(), "REQ")) {
                for (int i = 0; i < 20; i++) {
                    client.sendMessage("", "question");
                    assertThat(client.receive().get(1)).isEqualTo(ANSWER);
                }
            }

            peers.forEach(RawPeer::close);
            broker.stop();
            assertThat(broker.process().errors()).doesNotContain("OutOfMemory");
            assertThat(broker.counted("connections.failed")).isZero();
            assertThat(broker.counted("connections.slow")).isPositive();
            assertThat(broker.counted("connections.holding")).isPositive();
            assertThat(broker.counted("queue.full")).isPositive();
        }
    }

    /** Of clients that leave, so that no queue counts the tasks. */
    private static void workersThatDoNotRead(BrokerProcess broker, int count, List<RawPeer> peers) {
        for (int i = 0; i < count; i++) {
            RawPeer worker = RawPeer.silent(broker.workersPort(), 4096);
            peers.add(worker);
            worker.handshake("REQ", "");
            worker.sendMessage("", "fetch");
            try (RawPeer client = RawPeer.connect(broker.clientsPort(), "REQ")) {
                client.sendMessage(new byte[0], new byte[10 * MIB]);
                worker.octets(20); // the task is on its way
            }
        }
    }

    /** For each nearly a megabyte waits, which does not make it a slow one. */
    private static void clientsThatDoNotRead(BrokerProcess broker, Path socket, int count, List<RawPeer> peers) {
        int requests = 72;
        byte[] answer = new byte[15_000];
        try (RawPeer worker = RawPeer.connect(broker.workersPort(), "DEALER");
                RawPeer answers = RawPeer.connect(broker.answersPort(), "PUSH")) {
            for (int i = 0; i < count; i++) {
                RawPeer client = RawPeer.connect(socket, "DEALER");
                peers.add(client);
                for (int asked = 0; asked < requests; asked++) {
                    client.sendMessage("", "question");
                    worker.sendMessage("", "fetch");
                }
                for (int answered = 0; answered < requests; answered++) {
                    answers.sendMessage(worker.receive().get(1), answer);
                }
            }
        }
    }

    /** Each too short for waiting for a turn. */
    private static void messagesThatDoNotEnd(BrokerProcess broker, int count, List<RawPeer> peers) {
        byte[] beginning = RawPeer.frame(0, new byte[MIB]);
        for (int i = 0; i < count; i++) {
            RawPeer peer = RawPeer.connect(broker.clientsPort(), "DEALER");
            peers.add(peer);
            peer.send(Arrays.copyOf(beginning, 60_000));
        }
    }

    /** From then on clients are not read, but given a sign of life every quarter of a second. */
    private static void awaitFullQueue(RawPeer probe) {
        probe.sendHex(PING);
        while (!probe.hearsNothingFor((int) Limits.QUIET.toMillis())) {
            probe.octets(PONG - 1);
            probe.sendHex(PING);
        }
    }

    private static int sendUntilClosed(RawPeer flood) {
        byte[] request = new byte[33_000];
        int sent = 0;
        try {
            while (true) {
                flood.sendMessage(new byte[0], request);
                sent++;
            }
        } catch (UncheckedIOException e) {
            return sent;
        }
    }

    private static int readUntilClosed(RawPeer flood) {
        int read = 0;
        try {
            while (true) {
                flood.receive();
                read++;
            }
        } catch (UncheckedIOException e) {
            return read;
        }
    }

    /** Until the broker ends. */
    private static int work(BrokerProcess broker) {
        int done = 0;
        try (RawPeer worker = RawPeer.connect(broker.workersPort(), "DEALER");
                RawPeer answers = RawPeer.connect(broker.answersPort(), "PUSH")) {
            for (int ahead = 0; ahead < 10; ahead++) {
                worker.sendMessage("", "fetch");
            }
            while (true) {
                List<byte[]> task = worker.receive();
                worker.sendMessage("", "fetch");
                answers.sendMessage(task.get(1), ANSWER);
                done++;
            }
        } catch (UncheckedIOException e) {
            return done;
        }
    }
}
