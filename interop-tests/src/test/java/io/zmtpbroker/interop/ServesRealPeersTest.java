package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients and workers of both libraries, in every pairing. */
class ServesRealPeersTest {
    private static final ClientPlan REQ = ClientPlan.req(8, 125);
    private static final ClientPlan DEALER = ClientPlan.dealer(2, 1000, 200);

    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker() {
        broker = BrokerCommand.with("-T", "30").start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    static Stream<Arguments> pairings() {
        return Stream.of(REQ, DEALER).flatMap(plan -> Arrays.stream(PeerLibrary.values())
                .flatMap(clients ->
                        Arrays.stream(PeerLibrary.values()).map(workers -> Arguments.of(plan, clients, workers))));
    }

    @ParameterizedTest(name = "{0}: {1} clients, {2} workers")
    @MethodSource("pairings")
    void answersEveryRequest(ClientPlan plan, PeerLibrary clientLibrary, PeerLibrary workerLibrary) {
        try (RunningWorkers workers = workerLibrary.start(WorkerPlan.workers(4), broker);
                RunningClients clients = clientLibrary.start(plan, broker)) {
            ClientTally tally = clients.await();

            assertThat(tally).matches(it -> it.isAllRight(plan.total()), "every request is answered rightly");
            assertThat(workers.stop().answered()).isEqualTo(plan.total());
        }
    }

    @Test
    void answersAMixtureOfEverything() {
        try (RunningWorkers jeromqWorkers = PeerLibrary.JEROMQ.start(WorkerPlan.workers(3), broker);
                RunningWorkers libzmqWorkers = PeerLibrary.LIBZMQ.start(WorkerPlan.workers(3), broker);
                RunningClients jeromqReq = PeerLibrary.JEROMQ.start(REQ, broker);
                RunningClients libzmqReq = PeerLibrary.LIBZMQ.start(REQ, broker);
                RunningClients jeromqDealers = PeerLibrary.JEROMQ.start(DEALER.withBody(2000), broker);
                RunningClients libzmqDealers = PeerLibrary.LIBZMQ.start(DEALER.withBody(2000), broker)) {
            assertThat(Stream.of(jeromqReq, libzmqReq).map(RunningClients::await))
                    .allMatch(tally -> tally.isAllRight(REQ.total()));
            assertThat(Stream.of(jeromqDealers, libzmqDealers).map(RunningClients::await))
                    .allMatch(tally -> tally.isAllRight(DEALER.total()));
            assertThat(jeromqWorkers.stop().answered()).isPositive();
            assertThat(libzmqWorkers.stop().answered()).isPositive();
        }
    }
}
