package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.Worker.Task;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that is gone gets nothing, blocks nothing, and leaves nothing behind. */
class GoneClientTest {
    private static final int WARM_UP = 100;
    private static final int DEATHS = 1000;
    private static final String BODY = "x".repeat(60_000);

    /** What 1,000 requests of that body would keep is 60 MB. */
    private static final long MEMORY_TOLERANCE_MEGABYTES = 24;

    private static final long HEAP_TOLERANCE_OCTETS = 500_000;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"REQ", "DEALER"})
    void aThousandClientsThatDieWhileTheirRequestRuns(String type) {
        try (BrokerProcess broker = BrokerCommand.with()
                        .jvm("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:MaxDirectMemorySize=48m")
                        .start();
                Peers peers = PeerLibrary.JEROMQ.open();
                Client bystander = Client.req(peers, broker);
                Worker worker = new FetchWorker(peers, broker)) {
            die(WARM_UP, type, broker, bystander, worker);
            long heapBefore = broker.liveHeapOctets();
            long residentBefore = broker.residentMegabytes();
            int filesBefore = broker.openFiles();

            Duration slowest = die(DEATHS, type, broker, bystander, worker);

            assertThat(slowest).as("slowest answer to the bystander").isLessThan(Duration.ofSeconds(2));
            assertThat(broker.openFiles()).isEqualTo(filesBefore);
            assertThat(broker.liveHeapOctets() - heapBefore).isLessThan(HEAP_TOLERANCE_OCTETS);
            assertThat(broker.residentMegabytes() - residentBefore).isLessThan(MEMORY_TOLERANCE_MEGABYTES);
        }
    }

    /** So many clients die while the worker holds their request; the bystander's slowest answer. */
    private static Duration die(int deaths, String type, BrokerProcess broker, Client bystander, Worker worker) {
        Duration slowest = Duration.ZERO;
        for (int death = 0; death < deaths; death++) {
            RawPeer doomed = RawPeer.connect(broker.clientsPort(), type);
            doomed.sendMessage("", BODY);
            Task task = worker.fetch();
            if (death % 2 == 0) {
                doomed.reset();
            } else {
                doomed.hangUp();
            }
            if (death % 10 == 0) {
                Duration took = askAndAnswer(bystander, worker);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }
            worker.answer(task, Message.of("for nobody"));
        }
        askAndAnswer(bystander, worker);
        return slowest;
    }

    private static Duration askAndAnswer(Client client, Worker worker) {
        long startNanos = System.nanoTime();
        client.ask(Message.of("bystander"));
        Task task = worker.fetch();
        worker.answer(task, Message.of("answer"));

        assertThat(task.body()).isEqualTo(Message.of("bystander"));
        assertThat(client.answer()).isEqualTo(Message.of("answer"));
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Two hundred requests of a process that is killed; those who go on notice nothing. */
    @Test
    void aKilledProcessWithManyRequestsOpen() {
        ClientPlan plan = ClientPlan.dealer(2, 1000, 100);
        try (BrokerProcess broker = BrokerCommand.with("-T", "30").start();
                PythonPeers doomedPeers = new PythonPeers();
                Client doomed = Client.dealer(doomedPeers, broker);
                Peers peers = PeerLibrary.JEROMQ.open();
                Worker first = new FetchWorker(peers, broker)) {
            for (int number = 0; number < 200; number++) {
                doomed.ask(Message.of("request " + number));
            }
            first.fetch();
            doomedPeers.process().kill();
            try (RunningClients clients = PeerLibrary.JEROMQ.start(plan, broker);
                    RunningWorkers workers = PeerLibrary.JEROMQ.start(WorkerPlan.workers(3), broker)) {
                ClientTally tally = clients.await();

                assertThat(tally).matches(it -> it.isAllRight(plan.total()), "every request is answered rightly");
                assertThat(workers.stop().answered()).isGreaterThanOrEqualTo(plan.total());
            }
        }
    }

    /** Who has no name can never be answered on a later connection: its waiting request is dropped, unless told otherwise. */
    @ParameterizedTest(name = "{1} named \"{2}\" with --client-gone {0}: handed out {3}")
    @CsvSource({
        "auto, REQ, '', false",
        "auto, REQ, name, true",
        "auto, DEALER, '', true",
        "run, REQ, '', true",
        "drop, DEALER, name, false"
    })
    void itsWaitingRequest(String policy, String type, String routingId, boolean handedOut) {
        try (BrokerProcess broker = BrokerCommand.with("--client-gone", policy).start();
                Peers peers = PeerLibrary.JEROMQ.open();
                Client bystander = Client.req(peers, broker);
                Worker worker = new FetchWorker(peers, broker)) {
            RawPeer doomed = RawPeer.connect(broker.clientsPort(), type, routingId);
            doomed.sendMessage("", "of the doomed");
            doomed.finish();
            doomed.awaitEnd(); // the broker has read the request and has seen the end
            bystander.ask(Message.of("of the bystander"));

            Task first = worker.fetch();

            assertThat(first.body().text(0)).isEqualTo(handedOut ? "of the doomed" : "of the bystander");
            if (handedOut) {
                worker.answer(first, Message.of("for nobody"));
                worker.answer(worker.fetch(), Message.of("for the bystander"));
            } else {
                worker.answer(first, Message.of("for the bystander"));
            }
            assertThat(bystander.answer()).isEqualTo(Message.of("for the bystander"));
        }
    }
}
