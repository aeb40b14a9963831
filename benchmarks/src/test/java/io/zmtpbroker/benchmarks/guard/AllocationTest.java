package io.zmtpbroker.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.benchmarks.fixture.DecodingInput;
import io.zmtpbroker.benchmarks.fixture.DispatcherCycle;
import io.zmtpbroker.benchmarks.fixture.MessagePath;
import io.zmtpbroker.benchmarks.fixture.OurDecoding;
import io.zmtpbroker.benchmarks.fixture.OurEncoding;
import io.zmtpbroker.benchmarks.fixture.PathShape;
import io.zmtpbroker.benchmarks.load.WorkerDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes through leaves nothing behind for the garbage collector. The smallest object takes 16 octets, so that one of them for
 * every second operation is found. What Netty's allocators themselves leave is not counted: buffers are reused.
 */
class AllocationTest {

    private static final int MESSAGES = 1000;
    private static final double NOTHING = 8;

    /** At least; so that each buffer that is reused has been a long one and has grown. */
    private static final int ROUNDS = 10;

    private final ByteBufAllocator allocator = new ReusingAllocator();

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 1024})
    void decodingWholeMessagesAllocatesNothing(int bodyLength) {
        DecodingInput input = new DecodingInput(allocator, MESSAGES, bodyLength);
        OurDecoding decoding = new OurDecoding(allocator, true);

        double octets = Allocations.perOperation(
                MESSAGES, () -> decoding.decode(input, input.octets().readableBytes()));

        assertThat(octets).isLessThan(NOTHING);
        input.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 100, 8192})
    void decodingMessagesThatAreCutAllocatesNothing(int readLength) {
        DecodingInput input = new DecodingInput(allocator, MESSAGES, 64);
        OurDecoding decoding = new OurDecoding(allocator, true);

        double octets = Allocations.perOperation(MESSAGES, () -> decoding.decode(input, readLength));

        assertThat(octets).isLessThan(NOTHING);
        input.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 1024})
    void encodingAllocatesNothing(int bodyLength) {
        OurEncoding encoding = new OurEncoding(allocator, MESSAGES, bodyLength);

        double octets = Allocations.perOperation(MESSAGES, () -> encoding.encode(MESSAGES));

        assertThat(octets).isLessThan(NOTHING);
        encoding.release();
    }

    @Test
    void dispatchingAllocatesNothingWhileRequestsWait() {
        DispatcherCycle dispatcher = new DispatcherCycle();
        dispatcher.queue(1000);

        assertThat(perCycle(dispatcher::throughQueue)).isLessThan(NOTHING);
    }

    @Test
    void dispatchingAllocatesNothingWhileWorkersAreIdle() {
        DispatcherCycle dispatcher = new DispatcherCycle();
        dispatcher.idle(1000);

        assertThat(perCycle(dispatcher::throughIdleWorker)).isLessThan(NOTHING);
    }

    @Test
    void dispatchingAllocatesNothingWhileAttemptsAreOpen() {
        DispatcherCycle dispatcher = new DispatcherCycle();
        dispatcher.open(1000);

        assertThat(perCycle(dispatcher::throughOpenAttempts)).isLessThan(NOTHING);
    }

    @Test
    void dispatchingAllocatesNothingWhileAttemptsExpire() {
        DispatcherCycle dispatcher = new DispatcherCycle();
        dispatcher.open(1000);

        assertThat(perCycle(dispatcher::throughExpiry)).isLessThan(NOTHING);
    }

    /** From the octets of a client to those of its reply, two turns of the loop, whether for one request or for many. */
    @ParameterizedTest
    @CsvSource({
        "LOAD_BALANCING, 1, 64",
        "LOAD_BALANCING, 64, 64",
        "LOAD_BALANCING, 1, 1024",
        "LOAD_BALANCING, 64, 1024",
        "FETCH, 1, 64",
        "FETCH, 64, 1024",
        "REP, 1, 64",
        "REP, 64, 1024"
    })
    void requestGoesThroughTheBrokerAndAllocatesNothing(WorkerDialect dialect, int pairs, int bodyLength) {
        assertThat(perRequest(PathShape.pairs(dialect, pairs), bodyLength)).isLessThan(NOTHING);
    }

    /** Requests wait for workers, and replies to a client are gathered. */
    @ParameterizedTest
    @CsvSource({"LOAD_BALANCING, 1", "FETCH, 1", "REP, 1", "REP, 100"})
    void requestsOfClientsWithManyOpenAllocateNothing(WorkerDialect dialect, int credit) {
        PathShape shape = PathShape.windows(dialect, 8, 100, 8).withCredit(credit);

        assertThat(perRequest(shape, 64)).isLessThan(NOTHING);
    }

    /** A body that fills its buffer is not copied: it is a slice of what was read, and a slice is an object. */
    @ParameterizedTest
    @CsvSource({"LOAD_BALANCING, 1", "LOAD_BALANCING, 16", "FETCH, 16", "REP, 16"})
    void longBodyCostsAFewSlices(WorkerDialect dialect, int pairs) {
        assertThat(perRequest(PathShape.pairs(dialect, pairs), 65536)).isLessThan(1024);
    }

    private double perRequest(PathShape shape, int bodyLength) {
        try (MessagePath path = new MessagePath(shape, bodyLength, allocator)) {
            int rounds = Math.max(ROUNDS, MESSAGES / shape.requests());
            return Allocations.perOperation(path.thread(), rounds * shape.requests(), () -> path.run(rounds));
        }
    }

    private static double perCycle(Runnable cycle) {
        return Allocations.perOperation(MESSAGES, () -> {
            for (int i = 0; i < MESSAGES; i++) {
                cycle.run();
            }
        });
    }
}
