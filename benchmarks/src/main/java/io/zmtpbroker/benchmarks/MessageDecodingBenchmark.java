package io.zmtpbroker.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.wire.Frames;
import io.zmtpbroker.zmtp.wire.MessageDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does it cost to find a message {@code ["", body]} in the octets received, when it lies whole in one read buffer, and
 * when each read ends in its middle?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MessageDecodingBenchmark {

    private static final int MESSAGES = 64;

    /** Octets of the body. */
    @Param({"0", "64", "1024", "65536"})
    int bodyLength;

    private final CountingSink sink = new CountingSink();
    private MessageDecoder decoder = newDecoder();
    private ByteBuf octets = io.netty.buffer.Unpooled.EMPTY_BUFFER;
    private int cut;

    /** Encodes the messages once; each invocation reads them again. */
    @Setup(Level.Trial)
    public void encode() {
        octets = ByteBufAllocator.DEFAULT.directBuffer();
        for (int i = 0; i < MESSAGES; i++) {
            Frames.writeHeader(octets, true, 0);
            Frames.writeHeader(octets, false, bodyLength);
            octets.writeZero(bodyLength);
        }
        cut = octets.readableBytes() / MESSAGES / 2;
        decoder = newDecoder();
    }

    /** Releases the messages. */
    @TearDown(Level.Trial)
    public void release() {
        decoder.close();
        octets.release();
    }

    /** All messages whole in one buffer. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void whole(Blackhole blackhole) {
        decoder.decode(octets.retainedDuplicate(), sink);
        blackhole.consume(sink.octets);
    }

    /** Each read begins in the middle of one message and ends in the middle of the next. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void cutInHalves(Blackhole blackhole) {
        int step = octets.readableBytes() / MESSAGES;
        int at = octets.readerIndex();
        decoder.decode(octets.retainedSlice(at, cut), sink);
        for (int i = 1; i < MESSAGES; i++) {
            decoder.decode(octets.retainedSlice(at + cut + (i - 1) * step, step), sink);
        }
        int rest = at + cut + (MESSAGES - 1) * step;
        decoder.decode(octets.retainedSlice(rest, octets.writerIndex() - rest), sink);
        blackhole.consume(sink.octets);
    }

    private static MessageDecoder newDecoder() {
        return new MessageDecoder(ZmtpLimits.DEFAULT, ByteBufAllocator.DEFAULT);
    }

    private static final class CountingSink implements MessageDecoder.Sink {

        long octets;

        @Override
        public void onMessage(ByteBuf message) {
            octets += message.readableBytes();
        }

        @Override
        public void onCommand(ByteBuf body) {
            throw new AssertionError("no command was sent");
        }
    }
}
