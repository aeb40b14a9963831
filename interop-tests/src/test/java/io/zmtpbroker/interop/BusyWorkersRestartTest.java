package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The broker is killed and started again on the same ports while all of its workers work. What they say then is the reply to a
 * task that the new broker does not know; they go on all the same.
 */
class BusyWorkersRestartTest {
    /** Longer than a restart, and than the silence after which a REQ may be taken to wait. */
    private static final String SLOW = "slow 5000 ";

    @Test
    void theyGoOn() {
        try (ServiceBroker broker = ServiceBroker.thatComesBackWith("-t", "1");
                var open = new OpenPeers()) {
            var workers = new ArrayList<GuideWorkers>();
            for (PeerLibrary library : PeerLibrary.values()) {
                for (WorkerProtocol protocol : WorkerProtocol.values()) {
                    workers.add(GuidePeers.start(library, broker.workers(protocol, library)));
                }
            }
            open.addAll(workers);
            List<RunningClients> lost = askAll(broker, SLOW);
            open.addAll(lost);
            workers.forEach(GuideWorkers::awaitWorking);
            lost.forEach(RunningClients::close);
            broker.killAndRestart();
            List<RunningClients> clients = askAll(broker, "");
            open.addAll(clients);

            assertThat(clients).allMatch(client -> client.await().isAllRight(1));
        }
    }

    private static List<RunningClients> askAll(ServiceBroker broker, String body) {
        var clients = new ArrayList<RunningClients>();
        for (PeerLibrary library : PeerLibrary.values()) {
            for (WorkerProtocol protocol : WorkerProtocol.values()) {
                String service = ServiceBroker.service(protocol, library);
                clients.add(GuidePeers.start(
                        PeerLibrary.JEROMQ,
                        broker.clients(ClientProtocol.MDP01, service).asking(body)));
            }
        }
        return clients;
    }
}
