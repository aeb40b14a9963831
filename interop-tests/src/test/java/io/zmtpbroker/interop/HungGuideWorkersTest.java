package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Workers of each protocol that keep their task and stay: only the deadline of the attempt helps. All wait at once. */
class HungGuideWorkersTest {
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static ServiceBroker broker;

    @BeforeAll
    static void start() {
        broker = ServiceBroker.with("-T", "1.5", "-t", "2");
        OPEN.add(broker);
    }

    @AfterAll
    static void stop() throws Exception {
        for (int last = OPEN.size() - 1; last >= 0; last--) {
            OPEN.get(last).close();
        }
    }

    @Test
    void theirTasksAreHandedOutAgain() {
        List<RunningClients> clients = askThoseThatHang(PeerLibrary.JEROMQ, 1);
        for (WorkerProtocol protocol : WorkerProtocol.values()) {
            start(PeerLibrary.JEROMQ, broker.workers(protocol, PeerLibrary.JEROMQ));
        }

        assertThat(clients).allMatch(client -> client.await().isAllRight(1));
    }

    @Test
    void afterTheLastAttemptTheClientIsTold() {
        List<RunningClients> clients = askThoseThatHang(PeerLibrary.LIBZMQ, 2);

        assertThat(clients).allMatch(client -> client.await().failed() == 1);
    }

    /** A client for each protocol whose request is with a worker that hangs. */
    private static List<RunningClients> askThoseThatHang(PeerLibrary library, int workers) {
        var clients = new ArrayList<RunningClients>();
        var hanging = new ArrayList<GuideWorkers>();
        for (WorkerProtocol protocol : WorkerProtocol.values()) {
            GuideWorkerPlan plan = broker.workers(protocol, library);
            hanging.add(start(library, plan.times(workers).keeping()));
            RunningClients client =
                    GuidePeers.start(PeerLibrary.JEROMQ, broker.clients(ClientProtocol.MDP01, plan.service()));
            OPEN.add(client);
            clients.add(client);
        }
        hanging.forEach(GuideWorkers::awaitWorking);
        return clients;
    }

    private static GuideWorkers start(PeerLibrary library, GuideWorkerPlan plan) {
        GuideWorkers workers = GuidePeers.start(library, plan);
        OPEN.add(workers);
        return workers;
    }
}
