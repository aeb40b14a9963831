package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.Worker.Task;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGTERM and SIGINT: every caller hears how its request ended, every connection ends with FIN, the status is 0. */
class ShutdownTest {
    private static final Message FAILURE = Message.of("");

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void callersThatWaitOrRunGetTheFailureAnswer(PeerLibrary library) {
        try (BrokerProcess broker = BrokerCommand.with("--drain", "0.5").start();
                Peers peers = library.open();
                Client running = Client.req(peers, broker);
                Client waiting = Client.req(peers, broker);
                Client many = Client.dealer(peers, broker);
                Worker worker = new FetchWorker(peers, broker)) {
            connect(worker, running, waiting, many);
            running.ask(Message.of("running"));
            worker.fetch();
            waiting.ask(Message.of("waiting"));
            for (int number = 0; number < 500; number++) {
                many.ask(Message.of("waiting"));
            }

            broker.process().terminate();

            assertThat(running.answer()).isEqualTo(FAILURE);
            assertThat(waiting.answer()).isEqualTo(FAILURE);
            for (int number = 0; number < 500; number++) {
                assertThat(many.answer()).isEqualTo(FAILURE);
            }
            broker.awaitNormalEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aRunningAttemptMayStillEnd(PeerLibrary library) {
        try (BrokerProcess broker = BrokerCommand.with("--drain", "30").start();
                Peers peers = library.open();
                Client running = Client.req(peers, broker);
                Worker worker = new FetchWorker(peers, broker)) {
            running.ask(Message.of("running"));
            Task task = worker.fetch();

            broker.process().terminate();
            broker.awaitRefusal();
            worker.answer(task, Message.of("just in time"));

            assertThat(running.answer()).isEqualTo(Message.of("just in time"));
            broker.awaitNormalEnd();
        }
    }

    @Test
    void nothingIsHandedOutAnyMore() {
        try (BrokerProcess broker = BrokerCommand.with("--drain", "30").start();
                Peers peers = PeerLibrary.JEROMQ.open();
                Client running = Client.req(peers, broker);
                Client waiting = Client.req(peers, broker);
                Worker worker = new FetchWorker(peers, broker);
                Worker idle = new FetchWorker(peers, broker)) {
            connect(worker, running, waiting);
            connect(idle, running);
            running.ask(Message.of("running"));
            Task task = worker.fetch();
            idle.ready();
            broker.process().interrupt();
            broker.awaitRefusal();
            waiting.ask(Message.of("too late"));
            Optional<Task> handedOut = idle.task(Limits.QUIET);
            worker.answer(task, Message.of("just in time"));

            assertThat(handedOut).isEmpty();
            assertThat(running.answer()).isEqualTo(Message.of("just in time"));
            assertThat(waiting.answer()).isEqualTo(FAILURE);
            broker.awaitNormalEnd();
        }
    }

    @Test
    void everyConnectionEndsWithFin() {
        try (BrokerProcess broker = BrokerCommand.with().start();
                RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER");
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ");
                RawPeer answers = RawPeer.connect(broker.answersPort(), "PUSH")) {
            client.sendMessage("", "waiting");
            client.sendMessage("", "waiting");
            worker.sendMessage("", "fetch");
            worker.receive();

            worker.hangUp(); // its task waits again when the grace is over: no attempt runs then
            broker.process().interrupt();

            assertThat(client.receiveText()).containsExactly("", "");
            assertThat(client.receiveText()).containsExactly("", "");
            assertThat(client.awaitEnd()).as("FIN").isTrue();
            assertThat(answers.awaitEnd()).as("FIN").isTrue();
            client.hangUp();
            answers.hangUp();
            broker.awaitNormalEnd();
        }
    }

    /** One request each: their connections are open then. */
    private static void connect(Worker worker, Client... clients) {
        for (Client client : clients) {
            client.ask(Message.of("first"));
            worker.answer(worker.fetch(), Message.of("first answer"));
            client.answer();
        }
    }
}
