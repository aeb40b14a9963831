package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers of each protocol die with a task, or say goodbye. No attempt has a deadline that could help. */
class GuideWorkersThatLeaveTest {
    private static final int LANES = 2;
    private static final int TURNS = 4;
    private static final int TASKS = 10;
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 25;

    private static ServiceBroker broker;

    @BeforeAll
    static void start() {
        broker = ServiceBroker.with();
    }

    @AfterAll
    static void stop() {
        broker.close();
        assertThat(broker.broker().counted("attempts.retried.timeout")).isZero();
    }

    @ParameterizedTest
    @EnumSource(WorkerProtocol.class)
    void theTaskOfAKilledWorkerIsHandedOutAgain(WorkerProtocol protocol) {
        GuideWorkerPlan plan = broker.workers(protocol, PeerLibrary.LIBZMQ);
        GuideClientPlan one = broker.clients(ClientProtocol.REQ, plan.service());
        try (PythonGuideWorkers doomed = new PythonGuideWorkers(plan.keeping());
                RunningClients client = GuidePeers.start(PeerLibrary.JEROMQ, one)) {
            doomed.awaitWorking();
            try (GuideWorkers second = GuidePeers.start(PeerLibrary.JEROMQ, plan)) {
                doomed.process().kill();

                assertThat(client.await()).matches(it -> it.isAllRight(1), "answered rightly");
                assertThat(second.stop().answered()).isEqualTo(1);
            }
        }
    }

    static Stream<Arguments> workers() {
        return Arrays.stream(WorkerProtocol.values()).flatMap(protocol -> Arrays.stream(PeerLibrary.values())
                .map(library -> Arguments.of(protocol, library)));
    }

    /** While there is work for all of them, so that they leave as their next task comes. */
    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("workers")
    void thoseThatSayGoodbyeLoseNothing(WorkerProtocol protocol, PeerLibrary library) {
        GuideWorkerPlan plan = broker.workers(protocol, library);
        GuideClientPlan some = broker.clients(ClientProtocol.DEALER, plan.service());
        try (RunningClients clients = GuidePeers.start(PeerLibrary.JEROMQ, some.times(CLIENTS, REQUESTS));
                GuideWorkers leaving =
                        GuidePeers.start(library, plan.times(LANES).inTurns(TURNS, TASKS))) {
            WorkerTally left = leaving.await();
            try (GuideWorkers steady = GuidePeers.start(PeerLibrary.JEROMQ, plan)) {
                ClientTally tally = clients.await();

                assertThat(left).isEqualTo(new WorkerTally(LANES * TURNS * TASKS, 0));
                assertThat(tally).matches(it -> it.isAllRight(CLIENTS * REQUESTS), "all right");
                assertThat(steady.stop().answered()).isEqualTo(CLIENTS * REQUESTS - left.answered());
            }
        }
    }
}
