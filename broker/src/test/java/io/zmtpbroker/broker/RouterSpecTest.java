package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clients' endpoint against each SHALL of 28/REQREP, "The ROUTER Socket Type". It binds, so two of them do not apply. */
@ExtendWith(LeakCheck.class)
class RouterSpecTest {

    private final TestBroker broker = TestBroker.start();
    private final RawPeer worker = broker.worker();
    private final RawPeer answers = broker.answerer();

    @AfterEach
    void close() {
        worker.close();
        answers.close();
        broker.close();
    }

    /** "SHALL maintain a double queue for each connected peer, allowing outgoing and incoming messages to be queued independently." */
    @Test
    void queuesIncomingAndOutgoingMessagesIndependently() {
        try (RawPeer client = broker.client("DEALER")) {
            client.sendMessage("", "one");
            client.sendMessage("", "two");
            work("ONE");
            client.sendMessage("", "three");
            work("TWO");
            work("THREE");

            assertThat(client.receiveText()).containsExactly("", "ONE");
            assertThat(client.receiveText()).containsExactly("", "TWO");
            assertThat(client.receiveText()).containsExactly("", "THREE");
        }
    }

    /**
     * "SHALL create a double queue when a peer connects to it. If this peer disconnects, the ROUTER socket SHALL destroy its
     * double queue and SHALL discard any messages it contains."
     */
    @Test
    void destroysTheQueueOfAPeerThatDisconnects() {
        RawPeer client = broker.client("REQ");
        client.sendMessage("", "waits");
        broker.await(held -> held.clients() == 1 && held.waiting() == 1);

        client.hangUp();

        broker.await(held -> held.clients() == 0 && held.waiting() == 0 && held.queuedOctets() == 0);
    }

    /** "SHALL identify each double queue using a unique "identity" binary string." */
    @Test
    void tellsPeersApartThatAreAnonymousOrNamed() {
        try (RawPeer first = broker.client("DEALER", "name");
                RawPeer second = broker.client("DEALER", "other name");
                RawPeer third = broker.client("DEALER")) {
            first.sendMessage("", "1");
            broker.await(held -> held.waiting() == 1);
            second.sendMessage("", "2");
            broker.await(held -> held.waiting() == 2);
            third.sendMessage("", "3");
            broker.await(held -> held.waiting() == 3);
            work("for the first");
            work("for the second");
            work("for the third");

            assertThat(first.receiveText()).containsExactly("", "for the first");
            assertThat(second.receiveText()).containsExactly("", "for the second");
            assertThat(third.receiveText()).containsExactly("", "for the third");
        }
    }

    /** "SHALL receive incoming messages from its peers using a fair-queuing strategy." */
    @Test
    void hearsAQuietPeerWhileAnotherFloods() throws InterruptedException {
        int most = 1_000_000; // far more than the queue has room for
        AtomicBoolean heard = new AtomicBoolean();
        Thread flooding;
        try (RawPeer loud = broker.client("DEALER");
                RawPeer quiet = broker.client("REQ")) {
            flooding = new Thread(() -> {
                try {
                    while (!heard.get()) {
                        loud.sendMessage("", "loud");
                    }
                } catch (UncheckedIOException e) {
                    // closed below, while the queue is full and nobody reads it
                }
            });
            flooding.start();
            broker.await(held -> held.waiting() > 0);
            quiet.sendMessage("", "quiet");

            int before = 0;
            while (before < most && !work("x").equals("quiet")) {
                before++;
            }
            heard.set(true);

            assertThat(before).isLessThan(most);
            assertThat(quiet.receiveText()).containsExactly("", "x");
        }
        flooding.join();
    }

    /**
     * "SHALL prefix each incoming message with a frame containing the identity of the originating double queue." and "SHALL
     * remove the first frame from each outgoing message and use this as the identity of a double queue." Here that frame
     * never leaves the broker; what is left to see is that the rest is unchanged and the reply finds its way.
     */
    @Test
    void leavesMessagesAsTheyAreAndReturnsRepliesToTheirOrigin() {
        try (RawPeer client = broker.client("ROUTER")) {
            client.sendMessage("a", "b", "", "body", "", "more");
            worker.sendMessage("", "fetch");
            List<byte[]> task = worker.receive();
            answers.sendMessage(task.get(1), "answer".getBytes(StandardCharsets.UTF_8), new byte[0]);

            assertThat(task.subList(2, task.size()).stream().map(String::new)).containsExactly("body", "", "more");
            assertThat(client.receiveText()).containsExactly("a", "b", "", "answer", "");
        }
    }

    /**
     * "SHALL route the message to the outgoing queue if that queue exists, and has space." and "SHALL either silently drop the
     * message, or return an error, depending on configuration, if the queue does not exist, or is full."
     */
    @Test
    void dropsAReplyWhoseOriginHasGoneAndCountsIt() {
        RawPeer client = broker.client("DEALER");
        client.sendMessage("", "question");
        worker.sendMessage("", "fetch");
        byte[] id = worker.receive().get(1);
        client.hangUp();
        broker.await(held -> held.clients() == 0);

        answers.sendMessage(id, "answer".getBytes(StandardCharsets.UTF_8));

        broker.awaitCounter("answers.discarded.client-gone", 1);
        assertThat(broker.broker().snapshot().queuedOctets()).isZero();
    }

    /** "SHALL NOT block on sending." */
    @Test
    void servesOthersWhileOnePeerDoesNotRead() {
        int asked = 32;
        try (RawPeer stubborn = RawPeer.silent(broker.clientsPort(), 4096);
                RawPeer client = broker.client("REQ")) {
            stubborn.handshake("DEALER", "");
            for (int i = 0; i < asked; i++) {
                stubborn.sendMessage("", "much");
            }
            broker.await(held -> held.waiting() == asked);
            client.sendMessage("", "little");
            broker.await(held -> held.waiting() == asked + 1);

            int servedBefore = workUntil("little", new byte[1 << 20]);

            assertThat(client.receiveText()).containsExactly("", "done");
            assertThat(servedBefore)
                    .as("what fills the stubborn peer's buffers")
                    .isLessThan(asked);
            assertThat(broker.broker().snapshot().parked()).isEqualTo(asked - servedBefore);
        }
    }

    /** Answers tasks with so many octets until the one with this body comes; returns how many came before it. */
    private int workUntil(String body, byte[] answerBefore) {
        int before = 0;
        while (true) {
            worker.sendMessage("", "fetch");
            List<byte[]> task = worker.receive();
            if (new String(task.get(2), StandardCharsets.UTF_8).equals(body)) {
                answers.sendMessage(task.get(1), "done".getBytes(StandardCharsets.UTF_8));
                return before;
            }
            answers.sendMessage(task.get(1), answerBefore);
            broker.awaitCounter("requests.answered", ++before);
        }
    }

    /** Does one task with an answer; returns what it was. */
    private String work(String answer) {
        worker.sendMessage("", "fetch");
        List<byte[]> task = worker.receive();
        answers.sendMessage(task.get(1), answer.getBytes(StandardCharsets.UTF_8));
        return new String(task.get(2), StandardCharsets.UTF_8);
    }
}
