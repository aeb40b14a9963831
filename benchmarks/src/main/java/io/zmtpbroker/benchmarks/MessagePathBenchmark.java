package io.zmtpbroker.benchmarks;

import static io.zmtpbroker.benchmarks.load.WorkerDialect.LOAD_BALANCING;

import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.benchmarks.fixture.MessagePath;
import io.zmtpbroker.benchmarks.fixture.PathShape;
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
 * What does a request cost in the whole broker, but for its sockets: octets of a client in, decoded, dispatched, octets to a worker
 * out, and back? With one request in a turn of the loop, and with 64.
 *
 * <p>The load-balancing dialect, whose worker sends two frames for each task, with a time limit on each attempt.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MessagePathBenchmark {

    private static final int REQUESTS = 1 << 14;

    /** Clients, each with one request open, and workers. */
    @Param({"1", "64"})
    int pairs;

    /** Octets of a request. */
    @Param({"64", "1024", "65536"})
    int bodyLength;

    private MessagePath path =
            new MessagePath(PathShape.pairs(LOAD_BALANCING, 1), Long.BYTES, ByteBufAllocator.DEFAULT);

    /** Connects everybody. */
    @Setup(Level.Trial)
    public void connect() {
        path.close();
        path = new MessagePath(PathShape.pairs(LOAD_BALANCING, pairs), bodyLength, ByteBufAllocator.DEFAULT);
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void close() {
        path.close();
    }

    /** There and back. */
    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public void request() {
        path.run(REQUESTS / pairs);
    }
}
