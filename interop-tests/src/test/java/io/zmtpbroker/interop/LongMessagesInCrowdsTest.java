package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fifty peers hold unfinished messages, and the memory is scarce: all are given their turn, one after the other, and so is the one
 * that means it. Nearly all of the time somebody's patience is being waited for, so the tests wait together.
 */
@Execution(ExecutionMode.CONCURRENT)
class LongMessagesInCrowdsTest {
    private static final int MIB = 1 << 20;

    /** Heap, memory for buffers, and what a JVM needs beside them. */
    private static final long RESIDENT_MEGABYTES = 500;

    @Test
    void aLongMessageGetsThroughWhileFiftyPeersOfAnotherAddressHoldUnfinishedOnes() {
        try (BrokerProcess broker =
                BrokerCommand.with("--max-message-bytes", "64m").start()) {
            assertLongMessageGetsThrough(
                    broker, () -> RawPeer.connectFromElsewhere(broker.clientsPort(), "DEALER"), 64);
        }
    }

    /** At 128 MiB a message may be three quarters of three eighths of it long, less what the JVM keeps for itself. */
    @ParameterizedTest
    @CsvSource({"256, 64", "128, 32"})
    void aLongMessageGetsThroughWhileFiftyPeersOfItsOwnAddressHoldUnfinishedOnes(int memory, int longest) {
        try (BrokerProcess broker = BrokerCommand.with("--max-message-bytes", longest + "m")
                .jvm("-Xmx" + memory + "m")
                .start()) {
            assertLongMessageGetsThrough(broker, () -> RawPeer.connect(broker.clientsPort(), "DEALER"), longest);
        }
    }

    /** Fifty that begin messages of {@code longest} MiB and end none, and one that ends its message of four less. */
    private static void assertLongMessageGetsThrough(BrokerProcess broker, Supplier<RawPeer> connect, int longest) {
        int length = (longest - 4) * MIB;
        try (Bystanders others = new Bystanders(broker);
                Crowd<Boolean> crowd = new Crowd<>()) {
            for (int i = 0; i < 50; i++) {
                crowd.add(() -> sendAllButFourMebibytes(connect, longest, crowd));
            }
            others.assertServed();
            RawPeer honest = RawPeer.connect(broker.clientsPort(), "REQ");
            RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ");
            Crowd<Integer> work = new Crowd<>();
            work.add(() -> {
                worker.sendMessage("", "fetch");
                return receivePatiently(worker).get(2).length;
            });
            honest.sendMessage(new byte[0], new byte[length]);

            assertThat(work.await(Limits.CROWD)).containsExactly(length);
            assertThat(broker.residentMegabytes()).isLessThan(RESIDENT_MEGABYTES);
            honest.close();
            worker.close();
            work.close();
            crowd.stop();
            broker.stop(); // those whose turn has not come stand in the middle of sending
            crowd.await(Limits.CROWD);
            assertThat(broker.counted("connections.holding")).isPositive();
        }
    }

    /** It may take longer than a peer waits for octets, since others have their turns before. */
    private static List<byte[]> receivePatiently(RawPeer peer) {
        while (true) {
            try {
                return peer.receive();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof SocketTimeoutException)) {
                    throw e;
                }
            }
        }
    }

    private static boolean sendAllButFourMebibytes(Supplier<RawPeer> connect, int longest, Crowd<Boolean> crowd) {
        try (RawPeer peer = connect.get()) {
            peer.sendHex("0100" + "02" + String.format("%016x", longest * MIB - 1));
            byte[] part = new byte[MIB];
            for (int i = 0; i < longest - 4; i++) {
                peer.send(part);
            }
            return standUntilClosed(peer, crowd);
        } catch (UncheckedIOException e) {
            return false; // closed in the middle, as it should be
        }
    }

    private static boolean standUntilClosed(RawPeer peer, Crowd<Boolean> crowd) {
        while (!crowd.isStopping()) {
            try {
                return peer.awaitEnd();
            } catch (AssertionError e) {
                assertThat(e).hasMessageContaining("did not end"); // not yet
            }
        }
        return false;
    }
}
