package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The broker is killed and started again on the same ports while all of its workers wait for tasks. They go on: those with
 * heartbeats by their own rules, REP because they are given tasks unasked, and REQ that wait for the answer to a fetch or to
 * READY because of {@code --revive-fetch}. A DEALER that said READY, or fetched, and waits for ever is lost to everybody.
 */
class IdleWorkersRestartTest {
    private static final List<WorkerProtocol> GO_ON = Arrays.stream(WorkerProtocol.values())
            .filter(protocol -> protocol != WorkerProtocol.FETCH_DEALER && protocol != WorkerProtocol.LB_DEALER)
            .toList();

    /** As the guide's Lazy Pirate and Majordomo clients have it. */
    private static final Duration PATIENCE = Duration.ofMillis(2500);

    private static final int TRIES = 6;

    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static ServiceBroker broker;

    @BeforeAll
    static void start() {
        broker = ServiceBroker.ofSettledDialectsWith();
        for (PeerLibrary library : PeerLibrary.values()) {
            for (WorkerProtocol protocol : GO_ON) {
                OPEN.add(GuidePeers.start(library, broker.workers(protocol, library)));
            }
        }
        assertThatAllAreServed();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : OPEN) {
            each.close();
        }
        broker.close();
    }

    @Test
    void theyGoOn() {
        broker.killAndRestart();

        assertThatAllAreServed();
    }

    /**
     * The broker stays away for so long that workers with heartbeats give it up, again and again, and wait in between. Lazy
     * Pirate and Majordomo clients, which ask again on a new socket, notice no more than that it takes longer.
     */
    @Test
    void workersBackOffAndComeBackAndClientsTryAgain() {
        try (var pirate = new PythonGuideWorkers(broker.workers(WorkerProtocol.PIRATE, PeerLibrary.LIBZMQ)).awaitUp();
                var majordomo =
                        new PythonGuideWorkers(broker.workers(WorkerProtocol.MDP01, PeerLibrary.LIBZMQ)).awaitUp();
                var majordomo2 =
                        new PythonGuideWorkers(broker.workers(WorkerProtocol.MDP02, PeerLibrary.LIBZMQ)).awaitUp()) {
            broker.kill();
            assertThat(pirate.awaitEvent("back-off").text("seconds")).isEqualTo("1");
            assertThat(pirate.awaitEvent("back-off").text("seconds")).isEqualTo("2");
            assertThat(majordomo.awaitEvent("back-off").text("seconds")).isEqualTo("2.5");
            assertThat(majordomo2.awaitEvent("back-off").text("seconds")).isEqualTo("2.5");
            List<RunningClients> clients = askAll(TRIES, PATIENCE);
            broker.restart();

            assertThat(clients).allMatch(client -> client.await().isAllRight(1));
            clients.forEach(RunningClients::close);
        }
    }

    private static void assertThatAllAreServed() {
        List<RunningClients> clients = askAll(1, Limits.CROWD);

        assertThat(clients).allMatch(client -> client.await().isAllRight(1));
        clients.forEach(RunningClients::close);
    }

    /** Asks a worker of each protocol and each library. */
    private static List<RunningClients> askAll(int tries, Duration patience) {
        return Stream.of(PeerLibrary.values())
                .flatMap(library -> GO_ON.stream().map(protocol -> {
                    String service = ServiceBroker.service(protocol, library);
                    ClientProtocol client = protocol.isMajordomo() ? ClientProtocol.MDP01 : ClientProtocol.REQ;
                    return GuidePeers.start(
                            PeerLibrary.JEROMQ, broker.clients(client, service).retrying(tries, patience));
                }))
                .toList();
    }
}
