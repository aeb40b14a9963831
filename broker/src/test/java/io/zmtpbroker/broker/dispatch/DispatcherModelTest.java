package io.zmtpbroker.broker.dispatch;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Thousands of random events for each seed: the dispatcher does after each what the {@link Model} does. */
class DispatcherModelTest {

    private static final int STEPS = 3_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void doesWhatTheModelDoes(long seed) {
        ModelRun run = new ModelRun(seed);

        for (int step = 0; step < STEPS; step++) {
            run.step();
        }
        run.stop(STEPS / 10);
    }
}
