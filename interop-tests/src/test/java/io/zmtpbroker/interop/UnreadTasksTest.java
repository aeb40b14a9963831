package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers that fetch and do not read: their tasks wait on after the requests have ended, when no queue counts them any more. */
@Tag("alone")
class UnreadTasksTest {
    private static final int WORKERS = 40;
    private static final byte[] LONG = new byte[10 << 20];
    private static final int RECEIVE_BUFFER = 4096;

    /** In front of the body of a task: the delimiter, and a frame with the id. */
    private static final int ID_BEGINS = 4;

    private static final int ID_ENDS = ID_BEGINS + 16;

    @Test
    void tasksOfClientsThatHaveGoneHoldNoMoreThanTheMemoryAllows() {
        try (BrokerProcess broker = small()) {
            List<RawPeer> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                RawPeer worker = fetching(broker);
                workers.add(worker);
                try (RawPeer client = RawPeer.connect(broker.clientsPort(), "REQ")) {
                    client.sendMessage(new byte[0], LONG);
                    beginningOfTask(worker);
                }
            }

            assertOthersAreServed(broker, workers);
        }
    }

    @Test
    void tasksThatWereAnsweredUnreadHoldNoMoreThanTheMemoryAllows() {
        try (BrokerProcess broker = small();
                RawPeer client = RawPeer.connect(broker.clientsPort(), "REQ");
                RawPeer answers = RawPeer.connect(broker.answersPort(), "PUSH")) {
            List<RawPeer> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                RawPeer worker = fetching(broker);
                workers.add(worker);
                client.sendMessage(new byte[0], LONG);
                answers.sendMessage(beginningOfTask(worker), new byte[] {42});
                assertThat(client.receive().get(1)).containsExactly(42);
            }

            assertOthersAreServed(broker, workers);
        }
    }

    private static BrokerProcess small() {
        return BrokerCommand.with("--max-message-bytes", "32m", "--revive-fetch", "0")
                .jvm("-Xmx128m")
                .start();
    }

    private static RawPeer fetching(BrokerProcess broker) {
        RawPeer worker = RawPeer.silent(broker.workersPort(), RECEIVE_BUFFER);
        worker.handshake("REQ", "");
        worker.sendMessage("", "fetch");
        return worker;
    }

    /** Reads no more of a task than its id. */
    private static byte[] beginningOfTask(RawPeer worker) {
        byte[] beginning = worker.octets(ID_ENDS);
        return Arrays.copyOfRange(beginning, ID_BEGINS, ID_ENDS);
    }

    private static void assertOthersAreServed(BrokerProcess broker, List<RawPeer> unread) {
        try (RawPeer client = RawPeer.connect(broker.clientsPort(), "REQ");
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ");
                RawPeer answers = RawPeer.connect(broker.answersPort(), "PUSH")) {
            for (int i = 0; i < 3; i++) {
                client.sendMessage(new byte[0], LONG);
                worker.sendMessage("", "fetch");
                List<byte[]> task = worker.receive();
                assertThat(task.get(2)).hasSize(LONG.length);
                answers.sendMessage(task.get(1), LONG);
                assertThat(client.receive().get(1)).hasSize(LONG.length);
            }
        }
        unread.forEach(RawPeer::close);
        broker.stop();
        assertThat(broker.counted("connections.slow")).isPositive();
        assertThat(broker.counted("connections.failed")).isZero();
        assertThat(broker.process().errors()).doesNotContain("OutOfMemory");
    }
}
