package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
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

    /** What never happens in the runs would not be compared either. */
    @Test
    void meetsEveryOutcome() {
        Map<String, Long> met = new TreeMap<>();
        for (long seed = 1; seed <= 20; seed++) {
            ModelRun run = new ModelRun(seed);
            for (int step = 0; step < STEPS; step++) {
                run.step();
            }
            run.stop(STEPS / 10);
            count(run.counters()).forEach((name, count) -> met.merge(name, count, Long::sum));
        }

        assertThat(met).allSatisfy((name, count) -> assertThat(count).isGreaterThan(50));
    }

    private static Map<String, Long> count(DispatchCounters counters) {
        Map<String, Long> counts = new TreeMap<>(Map.of(
                "answered", counters.answered(),
                "answered late", counters.lateAnswers(),
                "retried after timeout", counters.retriedTimeout(),
                "retried after loss", counters.retriedWorkerGone(),
                "returned unwritten", counters.returnedUnwritten(),
                "returned unreceived", counters.returnedUnreceived(),
                "dropped", counters.droppedClientGone(),
                "discarded", counters.discardedClientGone()));
        counts.put("answers of others", counters.foreignAnswers());
        counts.put("parts delivered", counters.deliveredPartials());
        counts.put("parts gathered", counters.gatheredPartials());
        counts.put("parts discarded", counters.discardedPartials());
        counts.put("parts unknown", counters.unknownPartials());
        for (FailureReason reason : FailureReason.values()) {
            counts.put("failed " + reason, counters.failed(reason));
        }
        return counts;
    }
}
