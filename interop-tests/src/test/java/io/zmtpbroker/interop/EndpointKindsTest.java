package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Several endpoints of a kind, Unix sockets, and endpoints that connect. */
class EndpointKindsTest {
    private static final String ANY_PORT = "tcp://127.0.0.1:*";
    private static final int REQUESTS = 20;

    /** Unix sockets with libzmq only: what JeroMQ calls ipc is TCP. */
    @Test
    void peersOfAllEndpointsMeet(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("workers.sock");
        String name = BrokerCommand.hasAbstractNames()
                ? "ipc://@" + UUID.randomUUID()
                : "ipc://" + folder.resolve("no-name.sock");
        try (BrokerProcess broker = BrokerCommand.with(
                                "--clients=" + ANY_PORT,
                                "--clients=ipc://*",
                                "--workers=" + name,
                                "--workers=ipc://" + file + "?mode=0600",
                                "--answers=ipc://*")
                        .start();
                var open = new OpenPeers()) {
            var workers = new ArrayList<GuideWorkers>();
            for (String endpoint : broker.endpoints("workers")) {
                for (WorkerProtocol protocol : List.of(WorkerProtocol.REP, WorkerProtocol.FETCH_REQ)) {
                    String answers = broker.endpoints("answers").get(workers.size() % 2);
                    workers.add(new PythonGuideWorkers(GuideWorkerPlan.of(protocol, endpoint, answers, "")));
                }
            }
            open.addAll(workers);
            for (GuideWorkers each : workers) {
                ((PythonGuideWorkers) each).awaitUp();
            }
            var clients = new ArrayList<RunningClients>();
            for (String endpoint : broker.endpoints("clients")) {
                GuideClientPlan plan = GuideClientPlan.of(ClientProtocol.REQ, endpoint, "");
                clients.add(GuidePeers.start(PeerLibrary.LIBZMQ, plan.times(6, REQUESTS)));
            }
            open.addAll(clients);

            assertThat(broker.endpoints("clients")).hasSize(3);
            assertThat(broker.endpoints("workers")).contains(name).hasSize(3);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(clients).allMatch(crowd -> crowd.await().isAllRight(6 * REQUESTS));
            assertThat(workers).allMatch(crowd -> crowd.stop().answered() > 0);
        }
        assertThat(file).doesNotExist();
    }

    /** The broker connects before its workers listen, and again after its worker has come again. */
    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void workersThatBind(PeerLibrary library) {
        String endpoint = LastingPort.endpoint();
        try (BrokerProcess broker =
                BrokerCommand.with().on(ANY_PORT, endpoint + "?connect").start()) {
            GuideClientPlan plan =
                    GuideClientPlan.of(ClientProtocol.REQ, broker.clients(), "").times(2, REQUESTS);
            for (int life = 0; life < 2; life++) {
                try (AutoCloseable worker = bind(library, endpoint);
                        RunningClients clients = GuidePeers.start(PeerLibrary.JEROMQ, plan)) {
                    assertThat(worker).isNotNull();
                    assertThat(clients.await()).matches(it -> it.isAllRight(plan.total()), "all right");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** REP workers with credit get tasks ahead of their replies: one alone holds three at a time. */
    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aRepWorkerWithCredit(PeerLibrary library) {
        try (BrokerProcess broker = BrokerCommand.with()
                        .on(ANY_PORT, ANY_PORT + "?credit=3")
                        .start();
                Peers peers = library.open();
                PeerSocket client = peers.open(SocketSpec.of(SocketType.DEALER, broker.clients()));
                PeerSocket waiting = peers.open(SocketSpec.of(SocketType.REP, broker.workers()));
                Peers otherPeers = library.open()) {
            List<String> questions = List.of("one", "two", "three", "four");
            questions.forEach(each -> client.send(Message.of("", each)));
            assertThat(waiting.receive()).isEqualTo(Message.of("one"));
            try (PeerSocket other = otherPeers.open(SocketSpec.of(SocketType.REP, broker.workers()))) {
                assertThat(other.receive()).as("the fourth is for the next").isEqualTo(Message.of("four"));
                other.send(Message.of("re:four"));
                for (String question : questions.subList(0, 3)) {
                    waiting.send(Message.of("re:" + question));
                    if (!question.equals("three")) {
                        waiting.receive();
                    }
                }
                var answers = new ArrayList<String>();
                questions.forEach(each -> answers.add(client.receive().text(1)));
                assertThat(answers).containsExactlyInAnyOrder("re:one", "re:two", "re:three", "re:four");
            }
        }
    }

    private static AutoCloseable bind(PeerLibrary library, String endpoint) {
        if (library == PeerLibrary.LIBZMQ) {
            return PythonGuideWorkers.binding(GuideWorkerPlan.of(WorkerProtocol.REP, endpoint, "", ""));
        }
        var crowd = new Crowd<Boolean>();
        crowd.add(() -> {
            try (ZContext context = new ZContext()) {
                ZMQ.Socket socket = context.createSocket(SocketType.REP);
                socket.setReceiveTimeOut(50);
                socket.bind(endpoint);
                while (!crowd.isStopping()) {
                    String body = socket.recvStr();
                    if (body != null) {
                        socket.send("re:" + body);
                    }
                }
            }
            return true;
        });
        return () -> {
            crowd.close();
            crowd.await(Limits.SOON);
        };
    }
}
