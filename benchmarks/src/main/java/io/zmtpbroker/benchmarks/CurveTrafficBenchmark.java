package io.zmtpbroker.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.benchmarks.fixture.CurveEnds;
import io.zmtpbroker.zmtp.security.ZmtpHandshake;
import io.zmtpbroker.zmtp.security.ZmtpTraffic;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.wire.Frames;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** What does CURVE add to a message of one frame: to seal it, and to seal and open it, as no box opens twice? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CurveTrafficBenchmark {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    /** Whose boxes. */
    @Param({"bouncy-castle", "libsodium"})
    String nacl = "";

    /** Octets of the body. */
    @Param({"64", "1024", "65536"})
    int bodyLength;

    private ByteBuf message = Unpooled.EMPTY_BUFFER;
    private long delivered;
    private @Nullable ZmtpTraffic client;
    private @Nullable ZmtpTraffic server;

    /** Makes a message and a connection. */
    @Setup(Level.Trial)
    public void connect() {
        System.setProperty(Nacl.PROPERTY, nacl);
        message = ALLOCATOR.directBuffer();
        Frames.writeHeader(message, false, bodyLength);
        message.writeZero(bodyLength);
        ZmtpHandshake[] ends = new CurveEnds().handshake();
        client = ends[0].takeTraffic().orElseThrow();
        server = ends[1].takeTraffic().orElseThrow();
    }

    /** Ends both. */
    @TearDown(Level.Trial)
    public void release() {
        message.release();
        Objects.requireNonNull(client).close();
        Objects.requireNonNull(server).close();
    }

    /** Sealing. */
    @Benchmark
    public boolean protect() {
        return Objects.requireNonNull(client)
                .protect(message.retainedDuplicate(), ALLOCATOR)
                .release();
    }

    /** Sealing at one end and opening at the other. */
    @Benchmark
    public long protectAndExpose() {
        ByteBuf sealed = Objects.requireNonNull(client).protect(message.retainedDuplicate(), ALLOCATOR);
        Objects.requireNonNull(server).expose(sealed, ALLOCATOR, frames -> {
            delivered += frames.readableBytes();
            frames.release();
        });
        return delivered;
    }
}
