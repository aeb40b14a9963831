package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One endpoint for all workers, and no other for answers or for Majordomo clients. */
class OneWorkerPortTest {
    private static final String SERVICE = "common";
    private static final String ANY_PORT = "tcp://127.0.0.1:*?service=" + SERVICE;

    /** Those that answer by PUSH do so where they fetch. A DEALER that waits like REP is told from none, and so is not here. */
    @Test
    void allDialectsAtOnce() {
        var workers = new HashMap<String, GuideWorkers>();
        try (BrokerProcess broker =
                        BrokerCommand.with("-T", "30").on(ANY_PORT, ANY_PORT).start();
                var open = new OpenPeers()) {
            for (WorkerProtocol protocol : WorkerProtocol.values()) {
                if (protocol == WorkerProtocol.DEALER) {
                    continue;
                }
                for (PeerLibrary library : PeerLibrary.values()) {
                    GuideWorkerPlan plan = GuideWorkerPlan.of(protocol, broker.workers(), broker.workers(), SERVICE);
                    workers.put(protocol + " of " + library, start(library, plan, open));
                }
            }
            var clients = new ArrayList<RunningClients>();
            for (ClientProtocol protocol : ClientProtocol.values()) {
                for (PeerLibrary library : PeerLibrary.values()) {
                    GuideClientPlan plan = GuideClientPlan.of(protocol, broker.clients(), SERVICE);
                    clients.add(GuidePeers.start(library, plan.times(4, 50)));
                }
            }
            open.addAll(clients);
            assertThat(clients).allMatch(crowd -> crowd.await().isAllRight(200));
            assertThatEachIsServed(broker, workers.size());

            Map<String, Integer> answered = new HashMap<>();
            workers.forEach((who, crowd) -> answered.put(who, crowd.stop().answered()));
            assertThat(answered).allSatisfy((who, tasks) -> assertThat(tasks).isPositive());
        }
    }

    /** As many requests at once as there are workers, when all of them are idle: each worker gets one. */
    private static void assertThatEachIsServed(BrokerProcess broker, int workers) {
        GuideClientPlan plan = GuideClientPlan.of(ClientProtocol.REQ, broker.clients(), SERVICE)
                .times(workers, 1)
                .asking("slow 1500 ");
        try (RunningClients clients = GuidePeers.start(PeerLibrary.LIBZMQ, plan)) {
            assertThat(clients.await()).matches(it -> it.isAllRight(workers), "all right");
        }
    }

    /** As the guide's broker has it. */
    @Test
    void majordomoClientsAndWorkersShareOneEndpoint() {
        try (BrokerProcess broker = BrokerCommand.with("--workers", "tcp://127.0.0.1:*")
                        .on()
                        .start();
                var open = new OpenPeers()) {
            for (WorkerProtocol protocol : List.of(WorkerProtocol.MDP01, WorkerProtocol.MDP02)) {
                for (PeerLibrary library : PeerLibrary.values()) {
                    start(library, GuideWorkerPlan.of(protocol, broker.workers(), "", SERVICE), open);
                }
            }
            var clients = new ArrayList<RunningClients>();
            for (ClientProtocol protocol : ClientProtocol.values()) {
                if (protocol.namesItsService()) {
                    for (PeerLibrary library : PeerLibrary.values()) {
                        GuideClientPlan plan = GuideClientPlan.of(protocol, broker.workers(), SERVICE);
                        clients.add(GuidePeers.start(library, plan.times(2, 25)));
                    }
                }
            }
            open.addAll(clients);
            assertThat(clients).allMatch(crowd -> crowd.await().isAllRight(50));
        }
    }

    private static GuideWorkers start(PeerLibrary library, GuideWorkerPlan plan, OpenPeers open) {
        GuideWorkers workers = GuidePeers.start(library, plan);
        open.add(workers);
        return workers;
    }
}
