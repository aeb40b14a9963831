package io.zmtpbroker.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.benchmarks.fixture.DispatcherCycle;
import io.zmtpbroker.benchmarks.fixture.MessagePath;
import io.zmtpbroker.benchmarks.fixture.PathShape;
import io.zmtpbroker.benchmarks.load.WorkerDialect;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What a request costs does not grow with what is there already. Ratios within one run, each of the shortest of many batches.
 *
 * <p>A few beside a thousand: both are in the processor's caches, so that the bound is narrow; who looks through a thousand finds
 * himself far above. A few beside as many as there may ever be: with room for what memory costs that is not in a cache.
 */
class GrowthTest {

    private static final int CYCLES = 100;
    private static final int FEW = 10;
    private static final int IN_CACHES = 1000;
    private static final int IDLE_CONNECTIONS = 3000;

    /** What grows by the logarithm grows threefold. */
    private static final double BOUND_IN_CACHES = 4;

    @Test
    void costDoesNotGrowWithTheQueue() {
        assertThat(ratio(DispatcherCycle::queue, DispatcherCycle::throughQueue, IN_CACHES))
                .isLessThan(BOUND_IN_CACHES);
        assertThat(ratio(DispatcherCycle::queue, DispatcherCycle::throughQueue, 1_000_000))
                .isLessThan(100);
    }

    @Test
    void costDoesNotGrowWithClientsThatWait() {
        assertThat(ratio(DispatcherCycle::queueOfClients, DispatcherCycle::throughQueue, IN_CACHES))
                .isLessThan(BOUND_IN_CACHES);
        assertThat(ratio(DispatcherCycle::queueOfClients, DispatcherCycle::throughQueue, 10_000))
                .isLessThan(30);
    }

    @Test
    void costDoesNotGrowWithClientsThatAreSilent() {
        assertThat(ratio(DispatcherCycle::idleClients, DispatcherCycle::throughQueue, IN_CACHES))
                .isLessThan(BOUND_IN_CACHES);
    }

    @Test
    void costDoesNotGrowWithIdleWorkers() {
        assertThat(ratio(DispatcherCycle::idle, DispatcherCycle::throughIdleWorker, IN_CACHES))
                .isLessThan(BOUND_IN_CACHES);
        assertThat(ratio(DispatcherCycle::idle, DispatcherCycle::throughIdleWorker, 10_000))
                .isLessThan(30);
    }

    @Test
    void costHardlyGrowsWithOpenAttempts() {
        assertThat(ratio(DispatcherCycle::open, DispatcherCycle::throughOpenAttempts, IN_CACHES))
                .isLessThan(BOUND_IN_CACHES);
        assertThat(ratio(DispatcherCycle::open, DispatcherCycle::throughOpenAttempts, 1_000_000))
                .isLessThan(100);
    }

    @Test
    void costHardlyGrowsWithOpenAttemptsThatExpire() {
        assertThat(ratio(DispatcherCycle::open, DispatcherCycle::throughExpiry, IN_CACHES))
                .isLessThan(BOUND_IN_CACHES);
        assertThat(ratio(DispatcherCycle::open, DispatcherCycle::throughExpiry, 1_000_000))
                .isLessThan(100);
    }

    @Test
    void costHardlyGrowsWithOpenAttemptsWhenADeadlineIsBeforeThemAll() {
        assertThat(ratio(DispatcherCycle::open, DispatcherCycle::throughGrace, IN_CACHES))
                .isLessThan(BOUND_IN_CACHES);
        assertThat(ratio(DispatcherCycle::open, DispatcherCycle::throughGrace, 1_000_000))
                .isLessThan(100);
    }

    /** The whole path: connections that say nothing are not looked at. */
    @Test
    void costDoesNotGrowWithIdleConnections() {
        try (MessagePath withFew = connected(FEW);
                MessagePath withMany = connected(IDLE_CONNECTIONS)) {
            assertThat(Durations.ratio(() -> withFew.run(CYCLES), () -> withMany.run(CYCLES)))
                    .isLessThan(BOUND_IN_CACHES);
        }
    }

    private static MessagePath connected(int idleClients) {
        PathShape shape = PathShape.pairs(WorkerDialect.LOAD_BALANCING, 1).withIdleClients(idleClients);
        return new MessagePath(shape, 64, ByteBufAllocator.DEFAULT);
    }

    private static double ratio(BiConsumer<DispatcherCycle, Integer> setUp, Consumer<DispatcherCycle> cycle, int many) {
        DispatcherCycle withFew = new DispatcherCycle();
        setUp.accept(withFew, FEW);
        DispatcherCycle withMany = new DispatcherCycle();
        setUp.accept(withMany, many);
        return Durations.ratio(() -> batch(withFew, cycle), () -> batch(withMany, cycle));
    }

    private static void batch(DispatcherCycle dispatcher, Consumer<DispatcherCycle> cycle) {
        for (int i = 0; i < CYCLES; i++) {
            cycle.accept(dispatcher);
        }
    }
}
