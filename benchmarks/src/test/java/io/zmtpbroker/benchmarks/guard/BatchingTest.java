package io.zmtpbroker.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.benchmarks.fixture.MessagePath;
import io.zmtpbroker.benchmarks.fixture.PathShape;
import io.zmtpbroker.benchmarks.fixture.WriteCounts;
import io.zmtpbroker.benchmarks.load.WorkerDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However many messages a connection is sent in a turn of the loop, it is written once, and what is short is in one buffer. This
 * is what decides what a request costs, and it is counted, so that no busy machine hides that it was lost.
 */
class BatchingTest {

    private static final int CLIENTS = 8;
    private static final int WINDOW = 100;
    private static final int REQUESTS = CLIENTS * WINDOW;
    private static final int ROUNDS = 5;

    private static WriteCounts count(PathShape shape, int bodyLength) {
        try (MessagePath path = new MessagePath(shape, bodyLength, ByteBufAllocator.DEFAULT)) {
            WriteCounts before = path.writes();
            path.run(ROUNDS);
            return path.writes().since(before);
        }
    }

    /** 800 tasks go out in one turn, a hundred to each worker, and 800 replies in the next. */
    @Test
    void eachPeerIsWrittenOnceForAHundredMessages() {
        WriteCounts counts =
                count(PathShape.windows(WorkerDialect.REP, CLIENTS, WINDOW, 8).withCredit(WINDOW), 64);

        assertThat(counts.turns()).isEqualTo(2 * ROUNDS);
        assertThat(counts.writes()).isEqualTo(ROUNDS * (8 + CLIENTS));
        assertThat(counts.buffers()).isEqualTo(counts.writes());
    }

    /** A worker with one task at a time is written once for each; a client once a turn for all replies of that turn. */
    @ParameterizedTest
    @CsvSource({"LOAD_BALANCING, 8", "LOAD_BALANCING, 64", "FETCH, 8", "FETCH, 64", "REP, 64"})
    void clientIsWrittenOnceATurn(WorkerDialect dialect, int workers) {
        WriteCounts counts = count(PathShape.windows(dialect, CLIENTS, WINDOW, workers), 64);

        long turnsOfAnswers = counts.turns() - ROUNDS;
        assertThat(turnsOfAnswers).isEqualTo(ROUNDS * ((REQUESTS + workers - 1L) / workers));
        assertThat(counts.writes())
                .isLessThanOrEqualTo(ROUNDS * REQUESTS + turnsOfAnswers * Math.min(CLIENTS, workers));
        assertThat(counts.buffers()).isEqualTo(counts.writes());
    }

    /** A body that is not copied is a buffer of its own, and what stands before it is another; a write takes them all. */
    @Test
    void longMessageIsTwoBuffers() {
        PathShape shape = PathShape.windows(WorkerDialect.REP, 2, 5, 2).withCredit(5);

        WriteCounts counts = count(shape, 65536);

        assertThat(counts.writes()).isEqualTo(ROUNDS * (2 + 2));
        assertThat(counts.buffers()).isLessThanOrEqualTo(ROUNDS * 2L * 2 * shape.requests());
    }
}
