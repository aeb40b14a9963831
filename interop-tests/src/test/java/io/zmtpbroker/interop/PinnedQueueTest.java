package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zmtpbroker.broker.net.Transport;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A queue that is full of requests each of which pins about twice its octets: what is read with it, in the same buffer,
 * is dropped, but its memory is not free before the request is.
 */
@Tag("alone")
class PinnedQueueTest {
    private static final int QUEUE_MEGABYTES = 32;

    /** What is just being read, what the ring of io_uring has, and what the allocator has in advance. */
    private static final int MORE_MEGABYTES = 8;

    private static final byte[] PING = HexFormat.of().parseHex("0407" + "0450494e47" + "0000");

    private static final int PONG = 2 + 5;

    /** Buffers are of 64 KiB, and those of io_uring, where there is as much room as here, of 32. */
    @ParameterizedTest
    @CsvSource({"NIO, 64", "EPOLL, 64", "IO_URING, 32", "IO_URING, 64"})
    void holdsNoMoreMemoryThanItMay(Transport transport, int readKibibytes, @TempDir Path directory) {
        assumeTrue(transport.unavailable() == null);
        Path socket = directory.resolve("clients"); // TCP would keep us waiting for acknowledgements
        byte[] read = read(readKibibytes << 10);
        try (BrokerProcess broker = BrokerCommand.with(
                                "--max-queued-bytes=" + QUEUE_MEGABYTES + "m",
                                "--max-queued-bytes-per-client=" + QUEUE_MEGABYTES + "m",
                                "--max-message-bytes=1m",
                                "--max-partial-bytes=600m",
                                "--clients=ipc://" + socket,
                                "--drain=0")
                        .transport(transport.label())
                        .jvm("-XX:NativeMemoryTracking=summary")
                        .start();
                RawPeer flood = RawPeer.connect(socket, "DEALER")) {
            long before = broker.directMegabytes();

            int most = 4 * (QUEUE_MEGABYTES << 10) / readKibibytes;
            int sent = 0;
            while (takes(flood, read)) {
                sent++;
                assertThat(sent).as("the queue is not full").isLessThan(most);
            }

            assertThat(broker.directMegabytes() - before).isLessThan(QUEUE_MEGABYTES + MORE_MEGABYTES);
            flood.hangUp();
            broker.stop();
            assertThat(broker.counted("queue.full")).isPositive();
        }
    }

    /** What fills a buffer: a request that is just kept as a slice of it, something without meaning, and a PING. */
    private static byte[] read(int octets) {
        var read = new ByteArrayOutputStream();
        read.writeBytes(RawPeer.frame(1, new byte[0]));
        read.writeBytes(RawPeer.frame(0, new byte[octets / 2]));
        int left = octets - read.size() - PING.length;
        read.writeBytes(RawPeer.frame(0, new byte[left - 9]));
        read.writeBytes(PING);
        assertThat(read.size()).isEqualTo(octets);
        return read.toByteArray();
    }

    /** Whether a PONG comes; if none does, or not all can be sent, the queue is full. */
    private static boolean takes(RawPeer flood, byte[] read) {
        try {
            flood.send(read);
            flood.octets(PONG);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
