package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.Worker.Task;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

/** A worker that is gone is noticed by its connection, long before any timeout; one that leaves in order loses nothing. */
class LostWorkerTest {
    private static final Duration GRACE = Duration.ofMillis(100);
    private static final Duration WITHIN = GRACE.plusMillis(100);
    private static final int KILLS = 5;

    /** The middle one of five kills: the machine may have been busy at one of them. */
    @Test
    void theTaskOfAKilledWorkerIsHandedOutAgainAtOnce() {
        try (BrokerProcess broker = BrokerCommand.with("-T", "60").start();
                Peers peers = PeerLibrary.JEROMQ.open();
                Client client = Client.req(peers, broker);
                Worker second = new FetchWorker(peers, broker)) {
            var delays = new ArrayList<Duration>();
            for (int kill = 0; kill < KILLS; kill++) {
                try (PythonPeers doomed = new PythonPeers()) {
                    client.ask(Message.of("question " + kill));
                    Task lost = new FetchWorker(doomed, broker).fetch();
                    second.ready();
                    doomed.process().kill();
                    long killedNanos = System.nanoTime();
                    Task again = second.task();
                    delays.add(Duration.ofNanos(System.nanoTime() - killedNanos));
                    second.answer(again, Message.of("answer " + kill));

                    assertThat(again).isEqualTo(lost);
                    assertThat(client.answer()).isEqualTo(Message.of("answer " + kill));
                }
            }
            assertThat(delays.stream().sorted().skip(KILLS / 2).findFirst().orElseThrow())
                    .as("the median of %s", delays)
                    .isLessThan(WITHIN);
        }
    }

    @Test
    void theTaskOfAWorkerWhoseConnectionBreaksIsHandedOutAgainAtOnce() {
        try (BrokerProcess broker = BrokerCommand.with("-T", "60").start();
                Peers peers = PeerLibrary.JEROMQ.open();
                Client client = Client.req(peers, broker);
                Worker second = new FetchWorker(peers, broker);
                RawPeer doomed = RawPeer.connect(broker.workersPort(), "REQ")) {
            client.ask(Message.of("question"));
            doomed.sendMessage("", "fetch");
            Message lost = Message.of(doomed.receive());
            second.ready();

            doomed.reset();
            Task again = second.task(Duration.ofSeconds(5)).orElseThrow();

            assertThat(again.body().behind(again.key())).isEqualTo(lost.from(1));
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void anAnswerThatFollowsTheLostConnectionWithinTheGraceCounts(PeerLibrary library) {
        try (BrokerProcess broker =
                        BrokerCommand.with("-T", "60", "--worker-grace", "5000").start();
                Peers peers = library.open();
                Client client = Client.req(peers, broker);
                Worker other = new FetchWorker(peers, broker);
                PeerSocket answers = peers.open(SocketSpec.of(SocketType.PUSH, broker.answers()));
                RawPeer leaving = RawPeer.connect(broker.workersPort(), "REQ")) {
            client.ask(Message.of("question"));
            leaving.sendMessage("", "fetch");
            Message task = Message.of(leaving.receive());
            other.ready();

            leaving.finish();
            leaving.awaitEnd();
            Optional<Task> early = other.task(Limits.QUIET);
            Message id = task.from(1).until(1);
            answers.send(Message.of("from afar").behind(id));

            assertThat(early).isEmpty();
            assertThat(client.answer()).isEqualTo(Message.of("from afar"));
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void workersThatCloseRightAfterTheirLastAnswerLoseNothing(PeerLibrary library) {
        ClientPlan plan = ClientPlan.req(8, 110);
        try (BrokerProcess broker = BrokerCommand.with().start();
                RunningClients clients = library.start(plan, broker);
                RunningWorkers leaving = library.start(WorkerPlan.workers(1).inTurns(100, 8), broker)) {
            WorkerTally left = leaving.await();
            try (RunningWorkers steady = library.start(WorkerPlan.workers(1), broker)) {
                ClientTally tally = clients.await();

                assertThat(left).isEqualTo(new WorkerTally(800, 0));
                assertThat(tally).matches(it -> it.isAllRight(plan.total()), "every request is answered rightly");
                assertThat(steady.stop().answered()).isGreaterThanOrEqualTo(plan.total() - 800);
            }
        }
    }
}
