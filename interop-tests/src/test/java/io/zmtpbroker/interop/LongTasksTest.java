package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tasks longer than three heartbeats, during which a worker says nothing; and workers that say nothing though they are idle. */
class LongTasksTest {
    /** Majordomo's interval is 2.5 s. */
    private static final String LONG = "slow 8500 ";

    /** Services that no worker of its protocol has, so that it is the only one. */
    private static final Map<WorkerProtocol, WorkerProtocol> SILENT_AT = Map.of(
            WorkerProtocol.PIRATE, WorkerProtocol.LB_DEALER,
            WorkerProtocol.MDP01, WorkerProtocol.LB_OCTET,
            WorkerProtocol.MDP02, WorkerProtocol.LB_REQ);

    private static final List<GuideWorkers> WORKING = new ArrayList<>();
    private static final List<GuideWorkers> SILENT = new ArrayList<>();
    private static final List<RunningClients> PATIENT = new ArrayList<>();
    private static final WorkerTally DONE_ONCE = new WorkerTally(1, 0);
    private static ServiceBroker broker;

    /** The long tasks run while the other test goes on. */
    @BeforeAll
    static void start() {
        broker = ServiceBroker.with();
        for (WorkerProtocol protocol : WorkerProtocol.values()) {
            askForLong(protocol, PeerLibrary.JEROMQ);
            if (SILENT_AT.containsKey(protocol)) {
                askForLong(protocol, PeerLibrary.LIBZMQ);
            }
        }
    }

    private static void askForLong(WorkerProtocol protocol, PeerLibrary library) {
        GuideWorkerPlan plan = broker.workers(protocol, library);
        GuideClientPlan one = broker.clients(ClientProtocol.REQ, plan.service());
        WORKING.add(GuidePeers.start(library, plan));
        PATIENT.add(GuidePeers.start(PeerLibrary.JEROMQ, one.asking(LONG)));
    }

    @AfterAll
    static void stop() throws Exception {
        WORKING.forEach(GuideWorkers::close);
        SILENT.forEach(GuideWorkers::close);
        PATIENT.forEach(RunningClients::close);
        broker.close();
        assertThat(broker.broker().counted("requests.answered")).isEqualTo(WORKING.size() + SILENT.size());
    }

    /**
     * One worker a protocol and library: was its task handed out twice, it would be done twice. The broker's count of attempts tells
     * more than that: on a busy machine a worker may leave its connection while the task is on its way there, and have it once all the
     * same.
     */
    @Test
    void aWorkerThatWorksIsNotGivenUp() {
        assertThat(PATIENT).allMatch(client -> client.await().isAllRight(1));
        assertThat(WORKING).allSatisfy(workers -> assertThat(workers.stop()).isEqualTo(DONE_ONCE));
    }

    /** Stopped as a process, not its connection: the kernel still takes what is sent to it. */
    @Test
    void anIdleWorkerThatIsSilentIsGivenUpAndComesBack() {
        try (Peers peers = PeerLibrary.JEROMQ.open();
                Management management = new Management(peers, broker.broker().clients())) {
            var silent = new ArrayList<PythonGuideWorkers>();
            var services = new ArrayList<String>();
            SILENT_AT.forEach((protocol, endpoint) -> {
                GuideWorkerPlan at = broker.workers(endpoint, PeerLibrary.LIBZMQ);
                silent.add(new PythonGuideWorkers(GuideWorkerPlan.of(protocol, at.workers(), "", at.service())));
                services.add(at.service());
            });
            SILENT.addAll(silent);
            services.forEach(service -> management.await(service, "200"));
            silent.forEach(workers -> workers.process().pause());
            services.forEach(service -> management.await(service, "404"));
            silent.forEach(workers -> workers.process().goOn());
            services.forEach(service -> management.await(service, "200"));
            for (String service : services) {
                try (RunningClients client =
                        GuidePeers.start(PeerLibrary.JEROMQ, broker.clients(ClientProtocol.MDP01, service))) {
                    assertThat(client.await()).matches(it -> it.isAllRight(1), "answered rightly");
                }
            }
            assertThat(silent).allSatisfy(workers -> assertThat(workers.stop()).isEqualTo(DONE_ONCE));
        }
    }
}
