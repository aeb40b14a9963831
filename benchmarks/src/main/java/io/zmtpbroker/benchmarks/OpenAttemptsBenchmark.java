package io.zmtpbroker.benchmarks;

import io.zmtpbroker.benchmarks.fixture.DispatcherCycle;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Does what the dispatcher costs a request grow with the number of attempts that are open, each with another deadline, when any of
 * them may be the one that is answered, and when they end by their deadlines?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OpenAttemptsBenchmark {

    /** Attempts that are open all the time. */
    @Param({"10", "1000", "1000000"})
    int open;

    private final DispatcherCycle dispatcher = new DispatcherCycle();

    /** Brings the dispatcher there. */
    @Setup(Level.Trial)
    public void prepare() {
        dispatcher.open(open);
    }

    /** One request, asked, handed out and answered. */
    @Benchmark
    public long cycle() {
        return dispatcher.throughOpenAttempts();
    }

    /** One attempt that ends by its deadline, and the next one of its request. */
    @Benchmark
    public long expiry() {
        return dispatcher.throughExpiry();
    }
}
