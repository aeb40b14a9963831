package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much may wait in the broker, as the command line says, at the edges. */
class WaitingLimitsTest {
    private static final int MIB = 1 << 20;
    private static final String PING = "0407" + "0450494e47" + "0000";

    /** Of a request of ours: two headers, its text, and what each costs beside. */
    private static final int CHARGE = 2 + 2 + 5 + 256;

    /** One more is read as long as those there are hold less than may be. They hold it until they are answered. */
    @ParameterizedTest(name = "eight requests and {0} octets")
    @CsvSource({"-1, 8", "0, 8", "1, 9"})
    void aClientIsReadUntilItsRequestsHoldSoMuch(int octetsMore, int requests) {
        String limit = Integer.toString(8 * CHARGE + octetsMore);
        try (BrokerProcess broker = BrokerCommand.with("--max-queued-bytes-per-client", limit, "--drain", "0")
                        .start();
                RawPeer flood = RawPeer.connect(broker.clientsPort(), "DEALER");
                RawPeer other = RawPeer.connect(broker.clientsPort(), "REQ");
                RawPeer worker = RawPeer.connect(broker.workersPort(), "DEALER");
                RawPeer answers = RawPeer.connect(broker.answersPort(), "PUSH")) {
            fetch(worker, 20);
            for (int i = 0; i < 20; i++) {
                flood.sendMessage("", "flood");
            }
            List<byte[]> first = worker.receive();
            for (int i = 1; i < requests; i++) {
                worker.receive();
            }
            assertThat(worker.hearsNothingFor((int) Limits.QUIET.toMillis())).isTrue();

            other.sendMessage("", "other");
            List<byte[]> task = worker.receive();
            assertThat(task.get(2)).asString().isEqualTo("other");
            for (byte[] id : List.of(first.get(1), task.get(1))) {
                answers.sendMessage(id, new byte[] {42});
            }
            assertThat(other.receive().get(1)).containsExactly(42);
            assertThat(flood.receive().get(1)).containsExactly(42);
            broker.stop();
            assertThat(broker.counted("queue.full-of-client")).isPositive();
        }
    }

    /** Of tasks for a worker that does not read; what the kernel took of them is less than the last four. */
    @Test
    void aPeerIsLeftInPeaceUntilMoreWaitsForItThanMay() {
        byte[] large = new byte[4 * MIB];
        int most = 20 * MIB;
        int headers = 4096; // and what is counted for each write; one that the kernel took a part of counts whole
        try (BrokerProcess broker = BrokerCommand.with(
                                "--max-message-bytes=4m",
                                "--max-outgoing-bytes=" + (most + headers),
                                "--max-queued-bytes=200m",
                                "--drain=0")
                        .jvm("-XX:MaxDirectMemorySize=512m")
                        .start();
                RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER");
                RawPeer patient = RawPeer.connect(broker.workersPort(), "DEALER");
                RawPeer deaf = RawPeer.connect(broker.workersPort(), "DEALER")) {
            giveOut(client, patient, most / large.length);
            for (int i = 0; i < most / large.length; i++) {
                assertThat(patient.receive().get(2)).hasSize(large.length);
            }

            giveOut(client, deaf, most / large.length + 4);
            deaf.awaitEnd();
            broker.stop();
            assertThat(broker.counted("connections.slow")).isOne();
        }
    }

    /** So many tasks to a worker; returns when the broker has taken them of the client. */
    private static void giveOut(RawPeer client, RawPeer worker, int tasks) {
        fetch(worker, tasks);
        for (int i = 0; i < tasks; i++) {
            client.sendMessage(new byte[0], new byte[4 * MIB]);
        }
        client.sendHex(PING);
        assertThat(new String(client.command(), US_ASCII)).startsWith("\4PONG");
    }

    private static void fetch(RawPeer worker, int times) {
        for (int i = 0; i < times; i++) {
            worker.sendMessage("", "fetch");
        }
    }
}
