package io.zmtpbroker.broker.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who makes room when the envelopes of all fetches together are too many. */
@ExtendWith(LeakCheck.class)
class EnvelopeRoomTest {

    /** With an envelope of one frame of 255 octets, and the delimiter. */
    private static final String FETCH = "01ff" + "41".repeat(255) + "0100 0001 01";

    private static final int COST = 2 + 255 + 2 + FetchEnvelopes.OVERHEAD_OCTETS;
    private static final Object CROWD = "crowd";

    private final DialectBench bench = new DialectBench();

    @AfterEach
    void endEveryRequest() {
        bench.end();
    }

    @ParameterizedTest
    @EnumSource(
            value = WorkerDialects.Choice.class,
            names = {"FETCH", "LOAD_BALANCING"})
    void aCrowdOfOneAddressDoesNotKeepAnotherOneOut(WorkerDialects.Choice dialect) {
        bench.envelopes = new EnvelopeRoom(40 * COST);
        List<DialectBench.Side> crowd = crowd(dialect, 20, 4);
        DialectBench.Side proxy = bench.worker(dialect);

        fetch(proxy, 15);

        assertThat(proxy.link.drops).isEmpty();
        assertThat(proxy.link.madeRoomBecause).isEmpty();
        assertThat(closed(crowd)).isPositive();
        assertThat(bench.envelopes.octets()).isLessThanOrEqualTo(40 * COST);
    }

    @Test
    void withinAnAddressTheLargestMakesRoom() {
        bench.envelopes = new EnvelopeRoom(20 * COST);
        DialectBench.Side small = worker(CROWD);
        DialectBench.Side large = worker(CROWD);
        fetch(small, 6);
        fetch(large, 15);

        fetch(small, 2);

        assertThat(large.link.madeRoomBecause).contains("holds most of its address");
        assertThat(small.link.madeRoomBecause).isEmpty();
        assertThat(small.link.drops).isEmpty();
    }

    @Test
    void whoHoldsMostMakesRoomItselfAndIsNotBlamed() {
        bench.envelopes = new EnvelopeRoom(20 * COST);
        DialectBench.Side other = worker(CROWD);
        DialectBench.Side large = bench.worker(WorkerDialects.Choice.FETCH);
        fetch(other, 9);

        fetch(large, 13);

        assertThat(large.link.madeRoomBecause).isNotEmpty();
        assertThat(large.link.drops).isEmpty();
        assertThat(other.link.madeRoomBecause).isEmpty();
    }

    /** It is being closed, and what it sent before it knows is not heard. */
    @Test
    void whoMadeRoomTakesNoneAnyMore() {
        bench.envelopes = new EnvelopeRoom(4 * COST);
        DialectBench.Side large = bench.worker(WorkerDialects.Choice.FETCH);
        fetch(large, 10);
        assertThat(large.link.madeRoomBecause).isNotEmpty();
        assertThat(bench.envelopes.octets()).isZero();

        fetch(large, 10);
        assertThat(bench.envelopes.octets()).isZero();
        large.goes();
        assertThat(bench.envelopes.octets()).isZero();
    }

    /** Its connection is not closed at once. */
    @Test
    void aTaskForWhoMadeRoomStillHasItsEnvelope() {
        bench.envelopes = new EnvelopeRoom(4 * COST);
        DialectBench.Side large = bench.worker(WorkerDialects.Choice.FETCH);
        fetch(large, 10);

        bench.client().says("0100 0001 42");

        assertThat(large.hears()).startsWith("01ff4141");
        assertThat(bench.envelopes.octets()).isZero();
    }

    private List<DialectBench.Side> crowd(WorkerDialects.Choice dialect, int workers, int fetches) {
        List<DialectBench.Side> crowd = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            DialectBench.Side worker = bench.worker(dialect);
            worker.link.place = CROWD;
            fetch(worker, fetches);
            crowd.add(worker);
        }
        return crowd;
    }

    private DialectBench.Side worker(Object place) {
        DialectBench.Side worker = bench.worker(WorkerDialects.Choice.FETCH);
        worker.link.place = place;
        return worker;
    }

    private static void fetch(DialectBench.Side worker, int times) {
        for (int i = 0; i < times; i++) {
            worker.says(FETCH);
        }
    }

    private static long closed(List<DialectBench.Side> crowd) {
        return crowd.stream()
                .filter(worker -> !worker.link.madeRoomBecause.isEmpty())
                .count();
    }
}
