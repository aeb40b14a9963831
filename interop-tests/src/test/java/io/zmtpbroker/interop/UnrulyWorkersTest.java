package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

/** Workers that do what their protocol does not allow: it is not delivered, and is counted. */
class UnrulyWorkersTest {
    private static final Message ANSWER = Message.of("answer");
    private static final Message STOLEN = Message.of("stolen");
    private static final Message MADE_UP = Message.ofOctets(new byte[16], new byte[0]);

    private static ServiceBroker broker;
    private static Peers clientPeers;
    private static int notTheirs;
    private static int notReady;
    private static int badReady;

    @BeforeAll
    static void start() {
        broker = ServiceBroker.with();
        clientPeers = PeerLibrary.JEROMQ.open();
    }

    @AfterAll
    static void stop() {
        clientPeers.close();
        broker.close();
        assertThat(broker.broker().counted("drops.not-its-task")).isEqualTo(notTheirs);
        assertThat(broker.broker().counted("drops.not-ready")).isEqualTo(notReady);
        assertThat(broker.broker().counted("drops.bad-ready")).isEqualTo(badReady);
    }

    /** The honest worker has the task; the thief, ready as well, replies with the same address, and with one made up. */
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "LB_DEALER, JEROMQ",
        "LB_DEALER, LIBZMQ",
        "PIRATE, JEROMQ",
        "PIRATE, LIBZMQ",
        "MDP01, JEROMQ",
        "MDP01, LIBZMQ",
        "MDP02, JEROMQ",
        "MDP02, LIBZMQ",
        "DEALER, JEROMQ",
        "DEALER, LIBZMQ"
    })
    void theReplyToATaskOfAnotherReachesNobody(WorkerProtocol protocol, PeerLibrary library) {
        GuideWorkerPlan plan = broker.workers(protocol, library);
        try (Peers peers = library.open();
                PeerSocket client = client(plan);
                PeerSocket honest = worker(peers, plan)) {
            ask(client, plan);
            Message task = task(honest, protocol);
            boolean early;
            try (PeerSocket thief = worker(peers, plan)) {
                thief.send(reply(protocol, task.until(2), STOLEN));
                thief.send(reply(protocol, MADE_UP, STOLEN));
                notTheirs += 2;
                early = client.receive(Limits.QUIET).isPresent();
            }
            honest.send(reply(protocol, task.until(2), ANSWER));

            assertThat(early).isFalse();
            assertThat(answer(client, plan)).isEqualTo(ANSWER);
        }
    }

    /** Each has a task; one replies to that of the other. */
    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aReplyWithAnotherAddressReachesNobody(PeerLibrary library) {
        GuideWorkerPlan plan = broker.workers(WorkerProtocol.LB_REQ, library);
        try (Peers peers = library.open();
                PeerSocket client = client(plan);
                PeerSocket other = client(plan);
                PeerSocket first = peers.open(SocketSpec.of(SocketType.REQ, plan.workers()));
                PeerSocket second = peers.open(SocketSpec.of(SocketType.REQ, plan.workers()))) {
            first.send(Message.of("READY"));
            ask(client, plan);
            Message task = first.receive();
            second.send(Message.of("READY"));
            ask(other, plan);
            Message otherTask = second.receive();
            first.send(STOLEN.behind(otherTask.until(2)));
            notTheirs++;
            second.send(ANSWER.behind(otherTask.until(2)));

            assertThat(task.from(2)).isEqualTo(Message.of("question"));
            assertThat(answer(other, plan)).isEqualTo(ANSWER);
            assertThat(client.receive(Limits.QUIET)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"MDP01, JEROMQ", "MDP01, LIBZMQ", "MDP02, JEROMQ", "MDP02, LIBZMQ"})
    void aReplyBeforeReadyIsAnsweredWithDisconnect(WorkerProtocol protocol, PeerLibrary library) {
        GuideWorkerPlan plan = broker.workers(protocol, library);
        try (Peers peers = library.open();
                PeerSocket worker = peers.open(SocketSpec.of(SocketType.DEALER, plan.workers()));
                PeerSocket client = client(plan)) {
            worker.send(reply(protocol, MADE_UP, STOLEN));
            notReady++;
            Message answer = worker.receive();
            worker.send(ready(plan)); // as the guide's workers do then, but they do it on a new socket
            ask(client, plan);
            worker.send(reply(protocol, task(worker, protocol).until(2), ANSWER));

            assertThat(answer).isEqualTo(disconnect(protocol));
            assertThat(answer(client, plan)).isEqualTo(ANSWER);
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aReplyOfAPirateBeforeReadyIsDropped(PeerLibrary library) {
        GuideWorkerPlan plan = broker.workers(WorkerProtocol.PIRATE, library);
        try (Peers peers = library.open();
                PeerSocket worker = peers.open(SocketSpec.of(SocketType.DEALER, plan.workers()));
                PeerSocket client = client(plan)) {
            worker.send(STOLEN.behind(MADE_UP));
            notReady++;
            worker.send(ready(plan));
            ask(client, plan);
            worker.send(ANSWER.behind(task(worker, WorkerProtocol.PIRATE).until(2)));

            assertThat(answer(client, plan)).isEqualTo(ANSWER);
        }
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"MDP01, JEROMQ", "MDP01, LIBZMQ", "MDP02, JEROMQ", "MDP02, LIBZMQ"})
    void aServiceOfTheBrokersOwnAndASecondReadyAreAnsweredWithDisconnect(WorkerProtocol protocol, PeerLibrary library) {
        GuideWorkerPlan plan = broker.workers(protocol, library);
        try (Peers peers = library.open();
                PeerSocket usurper = peers.open(SocketSpec.of(SocketType.DEALER, plan.workers()));
                PeerSocket hasty = peers.open(SocketSpec.of(SocketType.DEALER, plan.workers()));
                Management management =
                        new Management(clientPeers, broker.broker().clients())) {
            usurper.send(MajordomoGuideWorker.ready(protocol, "mmi.service"));
            hasty.send(ready(plan));
            hasty.send(ready(plan));
            badReady += 2;

            assertThat(usurper.receive()).isEqualTo(disconnect(protocol));
            assertThat(hasty.receive()).isEqualTo(disconnect(protocol));
            management.await(plan.service(), "404");
            management.await("mmi.service", "200");
        }
    }

    private static PeerSocket client(GuideWorkerPlan plan) {
        return clientPeers.open(SocketSpec.of(
                SocketType.DEALER,
                broker.clients(ClientProtocol.MDP02, plan.service()).endpoint()));
    }

    private static void ask(PeerSocket client, GuideWorkerPlan plan) {
        client.send(ClientProtocol.MDP02.request(plan.service(), Message.of("question")));
    }

    private static Message answer(PeerSocket client, GuideWorkerPlan plan) {
        return ClientProtocol.MDP02.body(plan.service(), client.receive());
    }

    private static PeerSocket worker(Peers peers, GuideWorkerPlan plan) {
        PeerSocket worker = peers.open(SocketSpec.of(SocketType.DEALER, plan.workers()));
        if (ready(plan).size() > 0) {
            worker.send(ready(plan));
        }
        return worker;
    }

    private static Message ready(GuideWorkerPlan plan) {
        return switch (plan.protocol()) {
            case LB_DEALER -> Message.of("", "READY");
            case PIRATE -> Message.of("\u0001");
            case MDP01, MDP02 -> MajordomoGuideWorker.ready(plan.protocol(), plan.service());
            case DEALER -> Message.of();
            case FETCH_REQ, FETCH_DEALER, LB_REQ, LB_OCTET, REP -> throw new AssertionError(plan.protocol());
        };
    }

    /** The next task, from its address on. */
    private static Message task(PeerSocket worker, WorkerProtocol protocol) {
        int depth = protocol.isMajordomo()
                ? MajordomoGuideWorker.header(protocol).size() + 1
                : protocol == WorkerProtocol.LB_DEALER ? 1 : 0;
        Message message = worker.receive();
        while (message.size() < depth + 3) { // a heartbeat
            message = worker.receive();
        }
        return message.from(depth);
    }

    private static Message reply(WorkerProtocol protocol, Message address, Message body) {
        Message reply = body.behind(address);
        if (protocol.isMajordomo()) {
            return reply.behind(MajordomoGuideWorker.reply(protocol)).behind(MajordomoGuideWorker.header(protocol));
        }
        return protocol == WorkerProtocol.LB_DEALER ? reply.behind(Message.of("")) : reply;
    }

    private static Message disconnect(WorkerProtocol protocol) {
        return MajordomoGuideWorker.disconnect(protocol).behind(MajordomoGuideWorker.header(protocol));
    }
}
