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
 * What does the dispatcher itself cost a request: asked, handed out with a deadline, answered; and does that grow with the
 * number of requests that wait?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DispatchBenchmark {

    /** Requests that wait all the time. */
    @Param({"0", "10", "1000", "100000", "1000000"})
    int waiting;

    private final DispatcherCycle dispatcher = new DispatcherCycle();

    /** Brings the dispatcher there. */
    @Setup(Level.Trial)
    public void prepare() {
        dispatcher.queue(waiting);
    }

    /** One request, asked, handed out and answered. */
    @Benchmark
    public long cycle() {
        return dispatcher.throughQueue();
    }
}
