package io.zmtpbroker.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
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

/** What does each library take to seal and to open a box, in buffers outside the heap, as a connection has them? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class NaclBoxBenchmark {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    /** Whose boxes. */
    @Param({"bouncy-castle", "libsodium"})
    String nacl = "";

    /** Octets in the box. */
    @Param({"64", "1024", "65536"})
    int bodyLength;

    private final byte[] nonce = new byte[NaclBox.NONCE_LENGTH];
    private ByteBuf sealing = Unpooled.EMPTY_BUFFER;
    private ByteBuf sealed = Unpooled.EMPTY_BUFFER;
    private ByteBuf opened = Unpooled.EMPTY_BUFFER;
    private @Nullable NaclBox box;

    /** Makes a box that can be opened again and again. */
    @Setup(Level.Trial)
    public void prepare() {
        System.setProperty(Nacl.PROPERTY, nacl);
        NaclBox made = Nacl.preferred().secretBox(new byte[Nacl.KEY_LENGTH]);
        box = made;
        sealing = ALLOCATOR.directBuffer().writeZero(NaclBox.HEADROOM + NaclBox.OVERHEAD + bodyLength);
        made.seal(nonce, sealing, NaclBox.HEADROOM, bodyLength);
        sealed = sealing.copy();
        opened = ALLOCATOR.directBuffer(NaclBox.HEADROOM + bodyLength).setIndex(NaclBox.HEADROOM, NaclBox.HEADROOM);
    }

    /** Erases it. */
    @TearDown(Level.Trial)
    public void release() {
        Objects.requireNonNull(box).close();
        sealing.release();
        sealed.release();
        opened.release();
    }

    /** Sealing in place. */
    @Benchmark
    public ByteBuf seal() {
        nonce[NaclBox.NONCE_LENGTH - 1]++;
        Objects.requireNonNull(box).seal(nonce, sealing, NaclBox.HEADROOM, bodyLength);
        nonce[NaclBox.NONCE_LENGTH - 1] = 0;
        return sealing;
    }

    /** Opening into another buffer. */
    @Benchmark
    public boolean open() {
        opened.writerIndex(NaclBox.HEADROOM);
        return Objects.requireNonNull(box).open(nonce, sealed, NaclBox.HEADROOM, NaclBox.OVERHEAD + bodyLength, opened);
    }
}
