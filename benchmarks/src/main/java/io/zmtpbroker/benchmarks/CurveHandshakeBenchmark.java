package io.zmtpbroker.benchmarks;

import io.zmtpbroker.benchmarks.fixture.CurveEnds;
import io.zmtpbroker.zmtp.security.ZmtpHandshake;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
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
import org.openjdk.jmh.annotations.Warmup;

/** What does a handshake of CURVE cost: both ends of one, and one operation on the curve? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CurveHandshakeBenchmark {
    /** Whose curve. */
    @Param({"bouncy-castle", "libsodium"})
    String nacl = "";

    private byte[] publicKey = {};
    private @Nullable Nacl preferred;
    private @Nullable CurveEnds ends;

    /** Makes keys. */
    @Setup(Level.Trial)
    public void prepare() {
        System.setProperty(Nacl.PROPERTY, nacl);
        preferred = Nacl.preferred();
        publicKey = preferred.publicKey(new byte[Nacl.KEY_LENGTH]);
        ends = new CurveEnds();
    }

    /** The greetings, HELLO, WELCOME, INITIATE and READY, both ends: eight operations on the curve. */
    @Benchmark
    public boolean handshakeOfBothEnds() {
        ZmtpHandshake[] both = Objects.requireNonNull(ends).handshake();
        both[0].close();
        both[1].close();
        return both[0].peer().isPresent();
    }

    /** One of these operations, with the box that it makes. */
    @Benchmark
    public void box() {
        Objects.requireNonNull(preferred)
                .box(publicKey, publicKey)
                .orElseThrow()
                .close();
    }
}
