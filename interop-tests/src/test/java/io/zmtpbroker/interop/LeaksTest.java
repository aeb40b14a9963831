package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.SecureSetup.Mechanism;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Buffers that nobody releases, under load: Netty watches each of them, and says so when one is collected that was not released.
 * {@link BrokerProcess} takes that for a bug.
 */
class LeaksTest {
    private static final String PARANOID = "-Dio.netty.leakDetection.level=paranoid";
    private static final int REQUESTS = 100;

    /** Full collections between them, since what leaked in one round is told in the next. */
    private static final int ROUNDS = 2;

    /** Whose workers. */
    private enum Dialect {
        LOAD_BALANCING("REQ"),
        FETCH("REQ"),
        REP("REP");

        private final String socketType;

        Dialect(String socketType) {
            this.socketType = socketType;
        }
    }

    @ParameterizedTest
    @EnumSource
    void noBufferIsLostWhoeverLeaves(Dialect workers) {
        try (BrokerProcess broker =
                        BrokerCommand.with("-t", "1000").jvm(PARANOID).start();
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

    /** Octets that come sealed, and others that are sealed for those who get them. */
    @Test
    void noBufferIsLostWithCurve(@TempDir Path folder) {
        SecureSetup setup = new SecureSetup(Mechanism.CURVE, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        SplittableRandom random = new SplittableRandom(1);
        try (BrokerProcess broker =
                BrokerCommand.with(setup.options()).jvm(PARANOID).start()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < 5; i++) {
                    visit(broker, alice, bob, random);
                }
                assertThat(broker.liveHeapOctets()).isPositive();
            }
            broker.stop();

            assertThat(broker.counted("attempts.retried.worker-gone")).isEqualTo(ROUNDS * 5);
        }
    }

    /** A client asks some; a worker leaves with a task, and another does them all. */
    private static void visit(BrokerProcess broker, PeerUser alice, PeerUser bob, SplittableRandom random) {
        int requests = 10;
        try (Peers peers = PeerLibrary.JEROMQ.open();
                Client client = Client.dealer(alice.of(peers), broker)) {
            for (int i = 0; i < requests; i++) {
                client.ask(Message.ofOctets(new byte[random.nextInt(1 << random.nextInt(18))]));
            }
            try (Worker leaving = new FetchWorker(bob.of(peers), broker)) {
                leaving.fetch();
            }
            try (Worker worker = new FetchWorker(bob.of(peers), broker)) {
                for (int i = 0; i < requests; i++) {
                    Worker.Task task = worker.fetch();
                    worker.answer(task, task.body());
                    client.answer();
                }
            }
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
    private static boolean workAndSometimesLeave(
            BrokerProcess broker, Dialect dialect, int seed, Crowd<Boolean> crowd) {
        SplittableRandom random = new SplittableRandom(seed);
        while (!crowd.isStopping()) {
            try (RawPeer worker = RawPeer.connect(broker.workersPort(), dialect.socketType);
                    RawPeer answers =
                            dialect == Dialect.FETCH ? RawPeer.connect(broker.answersPort(), "PUSH") : worker) {
                if (dialect == Dialect.LOAD_BALANCING) {
                    worker.sendMessage("", "READY");
                }
                while (random.nextInt(10) != 0) {
                    answers.sendMessage(echo(worker, dialect, crowd));
                }
                echo(worker, dialect, crowd); // and keeps it
            } catch (UncheckedIOException e) {
                return crowd.isStopping(); // the broker has closed it
            }
        }
        return true;
    }

    /** What answers the next task: all of it, but for the delimiter in front where it was fetched. */
    private static byte[][] echo(RawPeer worker, Dialect dialect, Crowd<Boolean> crowd) {
        if (dialect == Dialect.FETCH) {
            worker.sendMessage("", "fetch");
        }
        List<byte[]> task = receivePatiently(worker, crowd);
        return task.subList(dialect == Dialect.FETCH ? 1 : 0, task.size()).toArray(byte[][]::new);
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
