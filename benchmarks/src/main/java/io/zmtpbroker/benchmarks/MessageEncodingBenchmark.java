package io.zmtpbroker.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.wire.Borrowed;
import io.zmtpbroker.zmtp.wire.Frames;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What does it cost to encode a message {@code ["", body]}: into a buffer that is there, and as a message of its own? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MessageEncodingBenchmark {

    private static final byte[] EMPTY = new byte[0];

    /** Octets of the body. */
    @Param({"0", "64", "1024", "65536"})
    int bodyLength;

    private byte[] body = EMPTY;
    private ByteBuf ownBody = Unpooled.EMPTY_BUFFER;
    private ByteBuf out = Unpooled.EMPTY_BUFFER;

    /** Makes a body and a buffer with room for it. */
    @Setup(Level.Trial)
    public void prepare() {
        body = new byte[bodyLength];
        ownBody = ByteBufAllocator.DEFAULT.directBuffer(Math.max(1, bodyLength)).writeBytes(body);
        out = ByteBufAllocator.DEFAULT.directBuffer(bodyLength + 16);
    }

    /** Releases the buffers. */
    @TearDown(Level.Trial)
    public void release() {
        out.release();
        ownBody.release();
    }

    /** Appended to a batch, as the broker does it: a long body is not copied, but goes as a slice behind its header. */
    @Benchmark
    public int intoABatch() {
        out.clear();
        Frames.writeEmptyMore(out);
        if (bodyLength < Borrowed.COPY_BELOW) {
            Frames.write(out, false, ownBody);
            return out.writerIndex();
        }
        Frames.writeHeader(out, false, bodyLength);
        ByteBuf slice = ownBody.retainedSlice();
        int octets = out.writerIndex() + slice.readableBytes();
        slice.release();
        return octets;
    }

    /** As a message object with a buffer of its own, as an application does it. */
    @Benchmark
    public boolean asAMessage() {
        return ZmtpMessage.of(ByteBufAllocator.DEFAULT, EMPTY, body).release();
    }
}
