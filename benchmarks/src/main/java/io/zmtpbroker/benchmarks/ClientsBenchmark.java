package io.zmtpbroker.benchmarks;

import static io.zmtpbroker.benchmarks.load.WorkerDialect.LOAD_BALANCING;

import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.benchmarks.fixture.DispatcherCycle;
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
 * Does what a request costs grow with the number of clients: of those that each have a request waiting, for the dispatcher; and of
 * those that are connected and say nothing, for the whole path?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ClientsBenchmark {

    private static final int PAIRS = 16;
    private static final int REQUESTS = 1 << 12;

    /** How many they are. */
    @Param({"10", "1000", "10000"})
    int clients;

    private final DispatcherCycle dispatcher = new DispatcherCycle();
    private MessagePath path = connect(0);

    private static MessagePath connect(int idle) {
        PathShape shape = PathShape.pairs(LOAD_BALANCING, PAIRS).withIdleClients(idle);
        return new MessagePath(shape, 64, ByteBufAllocator.DEFAULT);
    }

    /** Connects everybody. */
    @Setup(Level.Trial)
    public void prepare() {
        dispatcher.queueOfClients(clients);
        path.close();
        path = connect(clients);
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void close() {
        path.close();
    }

    /** One request, asked by the next client, handed out and answered. */
    @Benchmark
    public long waiting() {
        return dispatcher.throughQueue();
    }

    /** One request through the whole path, of sixteen in a turn. */
    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public void idle() {
        path.run(REQUESTS / PAIRS);
    }
}
