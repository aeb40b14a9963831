package io.zmtpbroker.benchmarks;

import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.benchmarks.fixture.DecodingInput;
import io.zmtpbroker.benchmarks.fixture.JeroMqDecoding;
import io.zmtpbroker.benchmarks.fixture.OurDecoding;
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

/**
 * What does it cost to find a message {@code ["", body]} in the octets of reads of a given length, for us and for JeroMQ's own
 * decoder?
 *
 * <p>Both copy each read in, as the kernel would do: we into a buffer from the pool, JeroMQ into the buffer of its decoder.
 * What comes out is not the same: JeroMQ makes an object and an array of each frame, which its sockets pass on; {@code ours}
 * delivers a message where it lies, for the length of a call, and {@code oursKept} also copies it, which is what lives on in the
 * broker.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecoderComparisonBenchmark {

    private static final int MESSAGES = 64;

    /** Octets of the body. */
    @Param({"64", "1024", "65536"})
    int bodyLength;

    /** Octets of a read: as our broker reads, of which JeroMQ takes 8 KiB at a time, as ever; or so few that messages are cut. */
    @Param({"65536", "100"})
    int readLength;

    private final OurDecoding lent = new OurDecoding(ByteBufAllocator.DEFAULT, false);
    private final OurDecoding kept = new OurDecoding(ByteBufAllocator.DEFAULT, true);
    private final JeroMqDecoding jeroMq = new JeroMqDecoding();
    private DecodingInput input = new DecodingInput(ByteBufAllocator.DEFAULT, 0, 0);

    /** Encodes the messages once. */
    @Setup(Level.Trial)
    public void encode() {
        input = new DecodingInput(ByteBufAllocator.DEFAULT, MESSAGES, bodyLength);
    }

    /** Releases the messages. */
    @TearDown(Level.Trial)
    public void release() {
        input.release();
    }

    /** Delivered where they lie. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long ours() {
        return lent.decode(input, readLength);
    }

    /** Kept longer than that. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long oursKept() {
        return kept.decode(input, readLength);
    }

    /** JeroMQ's V2Decoder. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long jeroMq() {
        return jeroMq.decode(input, readLength);
    }
}
