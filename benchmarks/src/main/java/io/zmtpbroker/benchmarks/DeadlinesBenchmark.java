package io.zmtpbroker.benchmarks;

import io.zmtpbroker.broker.dispatch.Deadlines;
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

/** What does the structure of deadlines cost by itself, by their number? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DeadlinesBenchmark {

    /** Deadlines that are there all the time. */
    @Param({"10", "1000000"})
    int deadlines;

    private Deadlines structure = new Deadlines(1);

    /** Sets them. */
    @Setup(Level.Trial)
    public void prepare() {
        structure = new Deadlines(deadlines);
    }

    /** Any of them is moved, to anywhere among the others. */
    @Benchmark
    public long move() {
        return structure.move();
    }
}
