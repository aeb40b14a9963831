package io.zmtpbroker.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.benchmarks.fixture.DispatcherCycle;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What a request costs the dispatcher does not grow with what is there already. Ratios within one run, each of the shortest of
 * many batches, and with room for what memory costs that is not in a cache; who looks through a line finds himself above
 * by a power of ten.
 */
class GrowthTest {

    private static final int BATCHES = 200;
    private static final int CYCLES = 100;

    /** Whatever the cost has become, this is told within the time that a build has. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(4);

    @Test
    void costDoesNotGrowWithTheQueue() {
        double ratio = ratio(DispatcherCycle::queue, DispatcherCycle::throughQueue, 10, 1_000_000);

        assertThat(ratio).isLessThan(100);
    }

    @Test
    void costDoesNotGrowWithIdleWorkers() {
        double ratio = ratio(DispatcherCycle::idle, DispatcherCycle::throughIdleWorker, 10, 10_000);

        assertThat(ratio).isLessThan(30);
    }

    @Test
    void costHardlyGrowsWithOpenAttempts() {
        double ratio = ratio(DispatcherCycle::open, DispatcherCycle::throughOpenAttempts, 10, 1_000_000);

        assertThat(ratio).isLessThan(100);
    }

    private static double ratio(
            BiConsumer<DispatcherCycle, Integer> setUp, Consumer<DispatcherCycle> cycle, int few, int many) {
        DispatcherCycle withFew = new DispatcherCycle();
        setUp.accept(withFew, few);
        DispatcherCycle withMany = new DispatcherCycle();
        setUp.accept(withMany, many);
        long fewNanos = Long.MAX_VALUE;
        long manyNanos = Long.MAX_VALUE;
        long limit = System.nanoTime() + LIMIT_NANOS;
        for (int i = 0; i < BATCHES && (i == 0 || System.nanoTime() - limit < 0); i++) {
            fewNanos = Math.min(fewNanos, nanos(withFew, cycle));
            manyNanos = Math.min(manyNanos, nanos(withMany, cycle));
        }
        return (double) manyNanos / fewNanos;
    }

    private static long nanos(DispatcherCycle dispatcher, Consumer<DispatcherCycle> cycle) {
        long begin = System.nanoTime();
        for (int i = 0; i < CYCLES; i++) {
            cycle.accept(dispatcher);
        }
        return System.nanoTime() - begin;
    }
}
