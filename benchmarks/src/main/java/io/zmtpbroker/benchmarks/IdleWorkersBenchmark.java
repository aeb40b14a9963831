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
 * Does what the dispatcher costs a request grow with the number of workers that are idle, of which the one that has been so longest
 * is to be found?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class IdleWorkersBenchmark {

    /** Workers that are idle when a request comes. */
    @Param({"10", "100", "1000", "10000"})
    int idle;

    private final DispatcherCycle dispatcher = new DispatcherCycle();

    /** Brings the dispatcher there. */
    @Setup(Level.Trial)
    public void prepare() {
        dispatcher.idle(idle);
    }

    /** One request, asked, handed out and answered. */
    @Benchmark
    public long cycle() {
        return dispatcher.throughIdleWorker();
    }
}
