package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Buffers that nobody releases, under load: Netty watches each of them, and says so when one is collected that was not released.
 * {@link BrokerProcess} takes that for a bug.
 */
class LeaksTest {
    private static final int REQUESTS = 100;

    /** Full collections between them, since what leaked in one round is told in the next. */
    private static final int ROUNDS = 2;

    @ParameterizedTest
    @ValueSource(strings = {"REQ", "REP"})
    void noBufferIsLostWhoeverLeaves(String workers) {
        try (BrokerProcess broker = BrokerCommand.with("-t", "1000")
                        .jvm("-Dio.netty.leakDetection.level=paranoid")
                        .start();
                Crowd<Boolean> work = new Crowd<>()) {
            for (int i = 0; i < 6; i++) {
                int seed = i;
                work.add(() -> workAndSometimesLeave(broker, workers, seed, work));
            }
            for (int round = 0; round < ROUNDS; round++) {
                assertThatAllAreAnswered(broker, round);
                assertThat(broker.liveHeapOctets()).isPositive();
            }
            work.stop();
            broker.stop();

            assertThat(work.await(Limits.CROWD)).hasSize(6).doesNotContain(false);
            assertThat(broker.counted("attempts.retried.worker-gone")).isPositive();
        }
    }

    private static void assertThatAllAreAnswered(BrokerProcess broker, int seed) {
        try (Crowd<Integer> clients = new Crowd<>()) {
            for (int i = 0; i < 4; i++) {
                SplittableRandom random = new SplittableRandom(10L * seed + i);
                RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER");
                clients.add(() -> ask(client, random, REQUESTS));
                clients.add(() -> answers(client, clients));
                clients.add(() -> askAndLeave(broker, random.split()));
            }

            assertThat(clients.await(Limits.CROWD)).containsOnly(REQUESTS, 0);
        }
    }

    private static int ask(RawPeer client, SplittableRandom random, int requests) {
        for (int i = 0; i < requests; i++) {
            byte[] body = new byte[random.nextInt(1 << random.nextInt(18))];
            client.sendMessage(new byte[0], body, new byte[random.nextInt(300)]);
        }
        return requests;
    }

    private static int answers(RawPeer client, Crowd<Integer> crowd) {
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(receivePatiently(client, crowd)).hasSize(3);
        }
        client.close();
        return REQUESTS;
    }

    /** In the middle of a message. */
    private static int askAndLeave(BrokerProcess broker, SplittableRandom random) {
        for (int i = 0; i < 10; i++) {
            try (RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER")) {
                ask(client, random, 3);
                client.sendHex("0100" + "02" + "0000000000020000" + "61".repeat(random.nextInt(60_000)));
            }
        }
        return 0;
    }

    /** Echoes; with every tenth task it goes, and another worker comes. False if it came to an end too soon. */
    private static boolean workAndSometimesLeave(BrokerProcess broker, String type, int seed, Crowd<Boolean> crowd) {
        SplittableRandom random = new SplittableRandom(seed);
        while (!crowd.isStopping()) {
            try (RawPeer worker = RawPeer.connect(broker.workersPort(), type)) {
                if (type.equals("REQ")) {
                    worker.sendMessage("", "READY");
                }
                while (random.nextInt(10) != 0) {
                    List<byte[]> task = receivePatiently(worker, crowd);
                    worker.sendMessage(task.toArray(byte[][]::new));
                }
                receivePatiently(worker, crowd); // and keeps it
            } catch (UncheckedIOException e) {
                return crowd.isStopping(); // the broker has closed it
            }
        }
        return true;
    }

    /** With all that is watched, and on a busy machine, it may take longer than a peer waits for octets. */
    private static List<byte[]> receivePatiently(RawPeer peer, Crowd<?> crowd) {
        while (true) {
            try {
                return peer.receive();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof SocketTimeoutException) || crowd.isStopping()) {
                    throw e;
                }
            }
        }
    }
}
