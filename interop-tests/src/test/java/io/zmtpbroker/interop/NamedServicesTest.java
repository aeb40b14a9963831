package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

/** Services: named by clients and workers of Majordomo, and by endpoints for the others. */
class NamedServicesTest {
    private static final Duration SERVICE_WAIT = Duration.ofSeconds(4);
    private static final Message QUESTION = Message.of("question");

    private static ServiceBroker broker;
    private static Peers peers;

    @BeforeAll
    static void start() {
        broker = ServiceBroker.with("--service-wait", "4");
        peers = PeerLibrary.JEROMQ.open();
    }

    @AfterAll
    static void stop() {
        peers.close();
        broker.close();
        assertThat(broker.broker().counted("requests.failed.no-worker")).isEqualTo(ClientProtocol.values().length);
    }

    /** Of clients of each protocol, while a worker of another service stands by and is given nothing. */
    @Test
    void requestsForAServiceThatNobodyOffersFailAfterTheWait() {
        String service = ServiceBroker.service(WorkerProtocol.FETCH_REQ, PeerLibrary.LIBZMQ);
        GuideWorkerPlan others = broker.workers(WorkerProtocol.REP, PeerLibrary.LIBZMQ);
        var clients = new EnumMap<ClientProtocol, PeerSocket>(ClientProtocol.class);
        try (PeerSocket idle = peers.open(SocketSpec.of(SocketType.REP, others.workers()))) {
            for (ClientProtocol protocol : ClientProtocol.values()) {
                PeerSocket client = peers.open(SocketSpec.of(
                        protocol.type(), broker.clients(protocol, service).endpoint()));
                clients.put(protocol, client);
                client.send(protocol.request(service, QUESTION));
            }
            Optional<Message> early = clients.values().iterator().next().receive(SERVICE_WAIT.dividedBy(2));

            assertThat(early).isEmpty();
            assertThat(clients).allSatisfy((protocol, client) -> assertThat(protocol.body(service, client.receive()))
                    .matches(Message::isFailure, "a failure"));
            assertThat(idle.receive(Duration.ofMillis(1))).isEmpty();
        } finally {
            clients.values().forEach(PeerSocket::close);
        }
    }

    @ParameterizedTest
    @EnumSource(WorkerProtocol.class)
    void aRequestIsServedWhenAWorkerComesWithinTheWait(WorkerProtocol protocol) {
        GuideWorkerPlan plan = broker.workers(protocol, PeerLibrary.JEROMQ);
        try (PeerSocket client = peers.open(SocketSpec.of(
                SocketType.REQ,
                broker.clients(ClientProtocol.MDP01, plan.service()).endpoint()))) {
            client.send(ClientProtocol.MDP01.request(plan.service(), QUESTION));
            try (GuideWorkers worker = GuidePeers.start(PeerLibrary.JEROMQ, plan)) {
                assertThat(ClientProtocol.MDP01.body(plan.service(), client.receive()))
                        .isEqualTo(Message.of("re:question"));
                assertThat(worker.stop().answered()).isEqualTo(1);
            }
        }
    }

    @Test
    void theBrokerSaysWhatIsOffered() {
        GuideWorkerPlan plan = broker.workers(WorkerProtocol.MDP02, PeerLibrary.LIBZMQ);
        try (Management management = new Management(peers, broker.broker().clients())) {
            assertThat(management.ask("mmi.service", plan.service())).isEqualTo("404");
            try (GuideWorkers worker = GuidePeers.start(PeerLibrary.LIBZMQ, plan)) {
                management.await(plan.service(), "200");
                assertThat(worker.stop().answered()).isZero();
            }
            management.await(plan.service(), "404"); // it has said goodbye
            assertThat(management.ask("mmi.workers", plan.service())).isEqualTo("501");
        }
    }

    /** Clients of 0.2 get the parts one by one, in order; others all of them as one message. */
    @ParameterizedTest
    @EnumSource(ClientProtocol.class)
    void partialReplies(ClientProtocol protocol) {
        for (PeerLibrary library : PeerLibrary.values()) {
            GuideWorkerPlan plan = broker.workers(WorkerProtocol.MDP02, library);
            GuideClientPlan clients =
                    broker.clients(protocol, plan.service()).times(2, 10).asking("parts 5 ");
            try (GuideWorkers worker = GuidePeers.start(library, plan.times(2));
                    RunningClients sameLibrary = GuidePeers.start(library, clients);
                    RunningClients jeromq = GuidePeers.start(PeerLibrary.JEROMQ, clients)) {
                assertThat(sameLibrary.await()).matches(it -> it.isAllRight(20), "all right");
                assertThat(jeromq.await()).matches(it -> it.isAllRight(20), "all right");
                assertThat(worker.stop().answered()).isEqualTo(40);
            }
        }
    }
}
