package io.zmtpbroker.benchmarks;

import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.benchmarks.fixture.JeroMqEncoding;
import io.zmtpbroker.benchmarks.fixture.OurEncoding;
import io.zmtpbroker.zmtp.ZmtpMessage;
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
 * What does it cost to encode a message {@code ["", body]}: into what is written at once, for us and for JeroMQ's own encoder; and
 * as an object of its own, as an application makes it?
 *
 * <p>The bodies are there already. We fill one buffer with 64 messages, JeroMQ its buffer of 8 KiB as often as needed. Bodies
 * of 16 KiB and more we do not copy, but send a slice of them behind their header; JeroMQ copies of a long one what still fits
 * its buffer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EncoderComparisonBenchmark {

    private static final int MESSAGES = 64;
    private static final byte[] EMPTY = new byte[0];

    /** Octets of the body. */
    @Param({"64", "1024", "65536"})
    int bodyLength;

    private byte[] body = EMPTY;
    private OurEncoding ours = new OurEncoding(ByteBufAllocator.DEFAULT, 0, 0);
    private JeroMqEncoding jeroMq = new JeroMqEncoding(0);

    /** Makes the bodies. */
    @Setup(Level.Trial)
    public void prepare() {
        body = new byte[bodyLength];
        ours = new OurEncoding(ByteBufAllocator.DEFAULT, MESSAGES, bodyLength);
        jeroMq = new JeroMqEncoding(bodyLength);
    }

    /** Releases the buffers. */
    @TearDown(Level.Trial)
    public void release() {
        ours.release();
    }

    /** Into the batch of a connection. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int ours() {
        return ours.encode(MESSAGES);
    }

    /** A message object with a buffer of its own. */
    @Benchmark
    public boolean oursAsAMessage() {
        return ZmtpMessage.of(ByteBufAllocator.DEFAULT, EMPTY, body).release();
    }

    /** JeroMQ's V2Encoder. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int jeroMq() {
        return jeroMq.encode(MESSAGES);
    }
}
