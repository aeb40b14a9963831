package io.zmtpbroker.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.benchmarks.fixture.DecodingInput;
import io.zmtpbroker.benchmarks.fixture.DispatcherCycle;
import io.zmtpbroker.benchmarks.fixture.JeroMqDecoding;
import io.zmtpbroker.benchmarks.fixture.JeroMqEncoding;
import io.zmtpbroker.benchmarks.fixture.MessagePath;
import io.zmtpbroker.benchmarks.fixture.OurDecoding;
import io.zmtpbroker.benchmarks.fixture.OurEncoding;
import io.zmtpbroker.benchmarks.fixture.PathShape;
import io.zmtpbroker.benchmarks.load.WorkerDialect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each step of a request costs, however little is there: beside what JeroMQ's coders take for the same messages, or, where
 * JeroMQ has no such step, for the messages of a request. Bounds are four to six times what was
 * measured, on JDK 17 and 25, on a quiet machine and on one with too much to do: a build must not fail of other load.
 */
class CostTest {

    private static final int MESSAGES = 100;
    private static final int BODY_OCTETS = 64;

    /** Requests in a batch that goes through the whole broker, so that handing them to its thread does not count. */
    private static final int PAIRS = 64;

    private static final int ROUNDS = 50;

    private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private final DecodingInput messages = new DecodingInput(allocator, MESSAGES, BODY_OCTETS);
    private final JeroMqDecoding jeroMq = new JeroMqDecoding();

    @AfterEach
    void release() {
        messages.release();
    }

    @ParameterizedTest
    @CsvSource({"64, 8192, 4", "1024, 8192, 4", "64, 100, 8"})
    void decodingBesideJeroMq(int bodyLength, int readLength, double bound) {
        DecodingInput input = new DecodingInput(allocator, MESSAGES, bodyLength);
        OurDecoding ours = new OurDecoding(allocator, true);
        JeroMqDecoding theirs = new JeroMqDecoding();

        assertThat(Durations.ratioBelow(
                        bound, () -> theirs.decode(input, readLength), () -> ours.decode(input, readLength)))
                .isLessThan(bound);
        input.release();
    }

    @ParameterizedTest
    @CsvSource({"0, 0.8", "64, 1.5", "1024, 2.5"})
    void encodingBesideJeroMq(int bodyLength, double bound) {
        OurEncoding ours = new OurEncoding(allocator, MESSAGES, bodyLength);
        JeroMqEncoding theirs = new JeroMqEncoding(bodyLength);

        assertThat(Durations.ratioBelow(bound, () -> theirs.encode(MESSAGES), () -> ours.encode(MESSAGES)))
                .isLessThan(bound);
        ours.release();
    }

    @Test
    void dispatching() {
        DispatcherCycle dispatcher = new DispatcherCycle();
        double bound = 5;

        assertThat(besideDecoding(
                        () -> {
                            for (int i = 0; i < MESSAGES; i++) {
                                dispatcher.throughQueue();
                            }
                        },
                        1,
                        bound))
                .isLessThan(bound);
    }

    @ParameterizedTest
    @CsvSource({"LOAD_BALANCING, 25", "FETCH, 25", "REP, 25"})
    void wholePath(WorkerDialect dialect, double bound) {
        try (MessagePath path = new MessagePath(PathShape.pairs(dialect, PAIRS), BODY_OCTETS, allocator)) {
            assertThat(besideDecoding(() -> path.run(ROUNDS), (double) PAIRS * ROUNDS / MESSAGES, bound))
                    .isLessThan(bound);
        }
    }

    /**
     * How many times as long as JeroMQ's decoder.
     *
     * @param factor how many times as many operations the work has as there are messages to decode
     */
    private double besideDecoding(Runnable work, double factor, double bound) {
        Runnable decoding = () -> jeroMq.decode(messages, messages.octets().readableBytes());
        return Durations.ratioBelow(bound * factor, decoding, work) / factor;
    }
}
