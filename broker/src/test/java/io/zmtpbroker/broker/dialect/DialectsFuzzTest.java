package io.zmtpbroker.broker.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.broker.dialect.DialectBench.Side;
import io.zmtpbroker.broker.dispatch.DispatchCounters;
import io.zmtpbroker.broker.dispatch.DispatchSnapshot;
import io.zmtpbroker.broker.dispatch.FailureReason;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.testing.FuzzInput;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.TrackingAllocator;
import io.zmtpbroker.zmtp.wire.Frames;
import io.zmtpbroker.zmtp.wire.MessageDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Peers of every dialect that say and do what they like, at one dispatcher. Whatever they do, each is sent whole and lawful
 * messages, every request that was accepted ends once, and in the end nothing is left.
 */
class DialectsFuzzTest {
    private static final int MAX_PEERS = 12;
    private static final int MAX_FRAMES = 7;

    /** Frames that mean something to somebody. */
    private static final List<byte[]> WORDS = Stream.of(
                    "",
                    "READY",
                    "MDPC01",
                    "MDPC02",
                    "MDPW01",
                    "MDPW02",
                    "echo",
                    "mmi.service",
                    "\1",
                    "\2",
                    "\3",
                    "\4",
                    "\5",
                    "\6")
            .map(word -> word.getBytes(US_ASCII))
            .toList();

    private static final int REQUEST_ID = WORDS.size();
    private static final int HEARD_FRAME = REQUEST_ID + 1;
    private static final int ANY_OCTETS = HEARD_FRAME + 1;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "00 00 00 03 | 01 00 02 00 10 01 61 | 00 00 06 02 | 01 01 02 00 06 | 01 02 02 0e 00 06",
                        "00 00 00 01 | 01 00 02 00 06 | 01 01 02 00 01 | 01 01 04 00 0f 01 00 06",
                        "00 00 00 05 | 01 00 02 00 06 | 01 01 03 0f 00 06 06",
                        "00 02 00 01 | 01 00 04 00 02 06 01 06 | 01 01 04 00 04 08 06 | 01 01 06 00 04 0a 0f 03 00 06",
                        "00 00 00 02 | 01 01 01 08 | 01 00 02 00 06 | 02 01 | 03 01 03 | 04 01")
                .map(Hex::octets);
    }

    private final TrackingAllocator allocator = new TrackingAllocator();
    private final DialectBench bench = new DialectBench(allocator);
    private final List<Scripted> peers = new ArrayList<>();

    @MethodSource("seeds")
    @FuzzTest
    void play(byte[] data) {
        new DialectsFuzzTest().run(new FuzzInput(data));
    }

    private void run(FuzzInput input) {
        while (!input.isEmpty()) {
            step(input);
            peers.forEach(Scripted::listen);
            peers.removeIf(Scripted::leavesIfClosed);
            requireSense(bench.dispatcher.snapshot());
        }
        peers.forEach(Scripted::go);
        bench.pass(DialectBench.SECOND);
        bench.end();
        requireEverythingEnded();
    }

    private void step(FuzzInput input) {
        int kind = input.choose(6);
        if (kind == 0 || peers.isEmpty()) {
            if (peers.size() < MAX_PEERS) {
                peers.add(new Scripted(open(input.choose(9))));
            }
            return;
        }
        if (kind == 2) {
            bench.pass(input.choose(256) * DialectBench.SECOND / 10);
            return;
        }
        Scripted peer = peers.get(input.choose(peers.size()));
        switch (kind) {
            case 1 -> peer.say(input);
            case 3 -> peer.tick();
            case 4 -> {
                peer.go();
                peers.remove(peer);
            }
            default -> peer.toggleBlocked();
        }
    }

    private Side open(int kind) {
        return switch (kind) {
            case 0 -> bench.client();
            case 1 -> bench.client(ClientDialects.Choice.PLAIN);
            case 2 -> bench.client(ClientDialects.Choice.MAJORDOMO);
            case 3 -> bench.worker();
            case 4 -> bench.worker(WorkerDialects.Choice.DEALER);
            case 5 -> bench.rep(2);
            case 6 -> bench.answerer();
            case 7 -> bench.silentWorker(WorkerDialects.Choice.AUTO, true);
            default -> bench.silentWorker(WorkerDialects.Choice.LOAD_BALANCING, false);
        };
    }

    private static void requireSense(DispatchSnapshot now) {
        assertThat(List.of(now.waiting(), now.parked(), now.running(), now.clients(), now.workers()))
                .allMatch(count -> count >= 0);
        assertThat(now.idleWorkers()).isBetween(0, now.workers());
        if (now.waiting() + now.parked() + now.running() == 0) {
            assertThat(now.queuedOctets()).isZero();
        }
    }

    private void requireEverythingEnded() {
        DispatchCounters counters = bench.dispatcher.counters();
        long failed = Arrays.stream(FailureReason.values())
                .mapToLong(counters::failed)
                .sum();
        assertThat(counters.answered() + failed + counters.discardedClientGone() + counters.droppedClientGone())
                .isEqualTo(counters.accepted());
        assertThat(bench.dispatcher.snapshot()).isEqualTo(new DispatchSnapshot(0, 0, 0, 0, 0, 0, 0));
        assertThat(bench.envelopes.octets()).isZero();
        allocator.requireAllReleased();
    }

    /** One peer, with the last message that it was sent. */
    private final class Scripted {
        private final Side side;
        private List<byte[]> heard = List.of();
        private boolean blocked;

        Scripted(Side side) {
            this.side = side;
        }

        void say(FuzzInput input) {
            int frames = 1 + input.choose(MAX_FRAMES);
            ByteBuf message = Unpooled.buffer();
            for (int frame = 1; frame <= frames; frame++) {
                Frames.write(message, frame < frames, frame(input));
            }
            side.peer.onMessage(message, bench.nowNanos);
        }

        private byte[] frame(FuzzInput input) {
            int word = input.choose(ANY_OCTETS + 1);
            if (word < WORDS.size()) {
                return WORDS.get(word);
            }
            if (word == REQUEST_ID) {
                long number = 1L + input.choose(8);
                return ByteBuffer.allocate(16)
                        .putLong(2 * number - 1)
                        .putLong(2 * number)
                        .array();
            }
            if (word == HEARD_FRAME) {
                return heard.isEmpty() ? new byte[0] : heard.get(input.choose(heard.size()));
            }
            return input.octets(input.choose(20));
        }

        void tick() {
            if (side.peer.wantsTicks()) {
                side.ticks();
            }
        }

        void go() {
            side.goes();
        }

        void toggleBlocked() {
            blocked = !blocked;
            if (blocked) {
                side.peer.onBlocked();
            } else {
                side.peer.onUnblocked(bench.nowNanos);
            }
        }

        /** Takes what was sent, which must be whole messages. */
        void listen() {
            byte[] octets = Hex.octets(side.hears());
            if (octets.length == 0) {
                return;
            }
            if (side.peer.wantsWritten()) {
                side.peer.onWritten();
            }
            MessageDecoder decoder = MessageDecoder.withoutCommands(ZmtpLimits.DEFAULT, allocator);
            decoder.decode(Unpooled.wrappedBuffer(octets), new MessageDecoder.Sink() {
                @Override
                public void onMessage(ByteBuf message) {
                    heard = framesOf(message);
                }

                @Override
                public void onCommand(ByteBuf body) {
                    throw new AssertionError("a command");
                }
            });
            assertThat(decoder.heldOctets()).isZero();
            decoder.close();
        }

        /** A connection that the dialect closes has ended a moment later. */
        boolean leavesIfClosed() {
            if (side.link.closedBecause.isEmpty()) {
                return false;
            }
            go();
            return true;
        }
    }

    private static List<byte[]> framesOf(ByteBuf message) {
        List<byte[]> frames = new ArrayList<>();
        for (int at = message.readerIndex(); at < message.writerIndex(); at = Frames.next(message, at)) {
            frames.add(ByteBufUtil.getBytes(message, Frames.bodyIndex(message, at), Frames.bodyLength(message, at)));
        }
        return frames;
    }
}
