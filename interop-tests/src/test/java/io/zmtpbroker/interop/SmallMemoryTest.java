package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zmtpbroker.broker.net.Transport;
import io.zmtpbroker.zmtp.testing.RawPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers with a few mebibytes of memory for buffers: as good as others, but for how much they hold. */
class SmallMemoryTest {
    private static final String NO_MEMORY =
            "its own buffers do not fit in the memory for buffers, -XX:MaxDirectMemorySize";

    private static final int REQUESTS = 1000;

    /** A worker that has got no task for so long gets none; also on a machine that has much else to do. */
    private static final int HELD_BACK_MILLIS = 1000;

    private static final byte[] ANSWER = new byte[15_000];

    /** As much as io_uring's receive buffers would take. */
    @Test
    void takesEpollWhereTheBuffersOfIoUringDoNotFit() {
        assumeThat(Transport.IO_URING.unavailable()).isNull();
        try (BrokerProcess broker = BrokerCommand.choosingTransport()
                        .jvm("-XX:MaxDirectMemorySize=4m")
                        .start();
                Bystanders others = new Bystanders(broker)) {
            others.assertServed();

            assertThat(broker.openFileNames())
                    .contains("anon_inode:[eventpoll]")
                    .doesNotContain("anon_inode:[io_uring]");
            assertThat(broker.process().errors())
                    .contains("io_uring does not work here (" + NO_MEMORY + "): epoll is used");
        }
    }

    @Test
    void saysWhyIoUringDoesNotWorkWhereItWasAskedFor() {
        assumeThat(Transport.IO_URING.unavailable()).isNull();
        try (ChildProcess process = BrokerCommand.choosingTransport()
                .transport("io_uring")
                .jvm("-XX:MaxDirectMemorySize=4m")
                .launch()) {
            assertThat(process.awaitExit(Limits.SOON)).isEqualTo(1);
            assertThat(process.errors())
                    .isEqualToIgnoringWhitespace(
                            "zmtp-broker: the transport io_uring does not work here: " + NO_MEMORY);
        }
    }

    /** It is slow when a sixteenth of the memory waits for it, and may not be closed for that. */
    @ParameterizedTest
    @ValueSource(strings = {"8m", "16m", "17m"})
    void aClientThatReadsLateIsHeldBackAndNotClosed(String memory) {
        try (BrokerProcess broker = BrokerCommand.with("--drain", "0")
                        .jvm("-XX:MaxDirectMemorySize=" + memory)
                        .start();
                RawPeer client = RawPeer.silent(broker.clientsPort(), 4096);
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ");
                RawPeer answers = RawPeer.connect(broker.answersPort(), "PUSH");
                Crowd<Integer> crowd = new Crowd<>()) {
            client.handshake("DEALER", "");
            for (int i = 0; i < REQUESTS; i++) {
                client.sendMessage("", "question");
            }

            int answered = answerUntilHeldBack(worker, answers);
            assertThat(answered * (long) ANSWER.length).isGreaterThan(1 << 20);
            assertThat(answered).isLessThan(REQUESTS);
            crowd.add(() -> answer(worker, answers, REQUESTS - answered));
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(client.receive().get(1)).hasSize(ANSWER.length);
            }

            assertThat(crowd.await(Limits.SOON)).containsExactly(REQUESTS - answered);
            broker.stop();
            assertThat(broker.counted("connections.slow")).isZero();
            assertThat(broker.counted("connections.failed")).isZero();
        }
    }

    /** One task at a time, so that nothing more is on its way; its last fetch stays open. */
    private static int answerUntilHeldBack(RawPeer worker, RawPeer answers) {
        int answered = 0;
        worker.sendMessage("", "fetch");
        while (answered < REQUESTS && !worker.hearsNothingFor(HELD_BACK_MILLIS)) {
            worker.octets(1); // the rest of the delimiter, of which the first octet was heard
            answers.sendMessage(worker.receive().get(0), ANSWER);
            answered++;
            worker.sendMessage("", "fetch");
        }
        return answered;
    }

    private static int answer(RawPeer worker, RawPeer answers, int tasks) {
        for (int i = 0; i < tasks; i++) {
            answers.sendMessage(worker.receive().get(1), ANSWER);
            worker.sendMessage("", "fetch");
        }
        return tasks;
    }
}
