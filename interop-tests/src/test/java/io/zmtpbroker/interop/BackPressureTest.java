package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

/** What waits is bounded, those who bring too much are held back, and nothing is lost. */
@Tag("alone")
class BackPressureTest {
    private static final Message FETCH = Message.of("", "requesting task");

    @Test
    void aHundredThousandRequestsWithoutAWorker() {
        ClientPlan flood = ClientPlan.dealer(1, 50_000, 50_000).withBody(200);
        try (BrokerProcess broker = BrokerCommand.with("--max-queued-bytes", "1m")
                        .jvm("-Xmx64m", "-XX:MaxDirectMemorySize=32m")
                        .start();
                RunningClients jeromq = PeerLibrary.JEROMQ.start(flood, broker);
                RunningClients libzmq = PeerLibrary.LIBZMQ.start(flood, broker);
                Crowd<Integer> worker = new Crowd<>()) {
            jeromq.awaitBlocked();
            libzmq.awaitBlocked();
            worker.add(() -> answerInOrder(2 * flood.total(), broker));

            List<ClientTally> tallies = List.of(jeromq.await(), libzmq.await());

            assertThat(tallies).allMatch(tally -> tally.isAllRight(flood.total()));
            assertThat(tallies).allMatch(tally -> tally.reordered() == 0);
            assertThat(worker.await(Limits.SOON)).isEqualTo(List.of(2 * flood.total()));
            assertThat(broker.residentMegabytes()).isLessThan(250);
        }
    }

    /** One worker that keeps many fetches open, so that it is quick and yet gets the tasks in their order. */
    private static int answerInOrder(int tasks, BrokerProcess broker) {
        try (Peers peers = PeerLibrary.JEROMQ.open();
                PeerSocket fetch = peers.open(SocketSpec.of(SocketType.DEALER, broker.workers()));
                PeerSocket answers = peers.open(SocketSpec.of(SocketType.PUSH, broker.answers()))) {
            for (int ahead = 0; ahead < 100; ahead++) {
                fetch.send(FETCH);
            }
            for (int done = 0; done < tasks; done++) {
                Message task = fetch.receive();
                fetch.send(FETCH);
                answers.send(
                        Message.of("re:" + task.text(2)).behind(task.from(1).until(1)));
            }
            return tasks;
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aClientThatIsHeldBackKeepsItsConnection(PeerLibrary library) {
        SocketSpec beating = SocketSpec.of(SocketType.DEALER, "")
                .with(SocketOption.HEARTBEAT, 400)
                .with(SocketOption.HEARTBEAT_TIMEOUT, 1000);
        try (BrokerProcess broker =
                        BrokerCommand.with("--max-queued-bytes", "1m").start();
                Wiretap wire = Wiretap.to(broker.clientsPort());
                Peers peers = library.open();
                PeerSocket client = peers.open(beating.to(wire.endpoint()));
                Crowd<Integer> worker = new Crowd<>()) {
            awaitHeartbeat(client, wire);
            int sent = sendUntilHeldBack(client);
            assertThat(client.receive(Duration.ofSeconds(2)))
                    .as("no PING is read")
                    .isEmpty();
            worker.add(() -> answerInOrder(sent, broker));

            for (int number = 0; number < sent; number++) {
                assertThat(client.receive().text(0)).isEqualTo(Integer.toString(number));
            }
        }
    }

    /**
     * Until a PING has been answered. A client that was held back before would be sent no signs of life, and JeroMQ is late now and
     * then: {@link JeroMqPeers}.
     */
    private static void awaitHeartbeat(PeerSocket client, Wiretap wire) {
        long deadlineNanos = System.nanoTime() + Limits.SOON.toNanos();
        while (!wire.answers().contains("PONG")) {
            assertThat(client.receive(Limits.QUIET)).isEmpty();
            assertThat(System.nanoTime() - deadlineNanos).as("time over").isNegative();
        }
    }

    private static int sendUntilHeldBack(PeerSocket client) {
        String body = "x".repeat(20_000);
        int sent = 0;
        while (client.send(Message.of(Integer.toString(sent), "", body), Duration.ofMillis(300))) {
            sent++;
        }
        return sent;
    }

    @Test
    void aClientThatNeverReadsTwoHundredMegabytes() {
        int requests = 200;
        int answerOctets = 1_000_000;
        ClientPlan others = ClientPlan.req(4, 500);
        try (BrokerProcess broker = BrokerCommand.with("--max-queued-bytes", "24m")
                        .jvm("-Xmx96m", "-XX:MaxDirectMemorySize=96m")
                        .start();
                RunningWorkers workers = PeerLibrary.LIBZMQ.start(WorkerPlan.workers(4), broker);
                RawPeer neverReads = RawPeer.silent(broker.clientsPort(), 4096)) {
            neverReads.handshake("DEALER", "");
            ClientTally alone = ask(others, broker);
            long residentBefore = broker.residentMegabytes();

            for (int number = 0; number < requests; number++) {
                neverReads.sendMessage(Integer.toString(number), "", "give " + answerOctets);
            }
            ClientTally beside = ask(others, broker);
            ClientTally later = ask(others, broker);

            assertThat(List.of(alone, beside, later)).allMatch(tally -> tally.isAllRight(others.total()));
            assertThat(later.elapsed())
                    .as("full speed is %s", alone.elapsed())
                    .isLessThan(alone.elapsed().multipliedBy(2).plusMillis(500));
            assertThat(broker.residentMegabytes() - residentBefore).isLessThan(80);
            assertThat(answersTo(neverReads, requests, answerOctets)).hasSize(requests);
            assertThat(workers.stop().answered()).isEqualTo(requests + 3 * others.total());
        }
    }

    /** A hundred workers have each had one of its requests, and answer now: the answers are there, and nobody takes them. */
    @Test
    void aClientThatNeverReadsTwoHundredMegabytesThatAreThereAlready() {
        int requests = 100;
        try (BrokerProcess broker = BrokerCommand.with("--max-queued-bytes", "24m")
                        .jvm("-Xmx96m", "-XX:MaxDirectMemorySize=96m")
                        .start();
                Peers peers = PeerLibrary.JEROMQ.open();
                Client bystander = Client.req(peers, broker);
                Worker worker = new FetchWorker(peers, broker);
                RawPeer neverReads = RawPeer.silent(broker.clientsPort(), 4096);
                RawPeer answers = RawPeer.connect(broker.answersPort(), "PUSH");
                Crowd<Boolean> answering = new Crowd<>()) {
            neverReads.handshake("DEALER", "");
            List<RawPeer> holding = handOut(requests, neverReads, broker);
            List<byte[]> ids =
                    holding.stream().map(holder -> holder.receive().get(1)).toList();

            answering.add(() -> {
                ids.forEach(id -> answers.sendMessage(id, new byte[2_000_000]));
                return true;
            });
            Duration slowest = Duration.ZERO;
            for (int number = 0; number < 1000; number++) {
                long startNanos = System.nanoTime();
                bystander.ask(Message.of("question"));
                worker.answer(worker.fetch(), Message.of("answer"));
                assertThat(bystander.answer()).isEqualTo(Message.of("answer"));
                Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }

            assertThat(answering.await(Limits.SOON)).containsExactly(true);
            assertThat(slowest).isLessThan(Duration.ofSeconds(1));
            assertThat(broker.process().errors()).doesNotContain("OutOfDirectMemory");
            holding.forEach(RawPeer::close);
        }
    }

    /** Workers that have fetched, as many as the client sends requests: each is handed one of them. */
    private static List<RawPeer> handOut(int requests, RawPeer client, BrokerProcess broker) {
        var workers = new ArrayList<RawPeer>();
        for (int number = 0; number < requests; number++) {
            RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ");
            worker.sendMessage("", "fetch");
            workers.add(worker);
            client.sendMessage("", "request " + number);
        }
        return workers;
    }

    private static ClientTally ask(ClientPlan plan, BrokerProcess broker) {
        try (RunningClients clients = PeerLibrary.LIBZMQ.start(plan, broker)) {
            return clients.await();
        }
    }

    /** The client reads at last: the names of the requests that are answered. */
    private static Set<String> answersTo(RawPeer client, int requests, int octets) {
        var answered = new HashSet<String>();
        for (int number = 0; number < requests; number++) {
            Message answer = Message.of(client.receive());
            assertThat(answer.frame(2)).hasSize(octets);
            answered.add(answer.text(0));
        }
        return answered;
    }
}
