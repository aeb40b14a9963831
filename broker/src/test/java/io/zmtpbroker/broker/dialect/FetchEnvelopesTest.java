package io.zmtpbroker.broker.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much is kept of what workers put in front of their fetches. */
@ExtendWith(LeakCheck.class)
class FetchEnvelopesTest {

    private static final int LONG = 900;
    private static final int LONG_ONES = FetchEnvelopes.MAX_OCTETS / (LONG + FetchEnvelopes.OVERHEAD_OCTETS);

    /** The longest that fits behind so many long ones. */
    private static final int REST = FetchEnvelopes.MAX_OCTETS
            - LONG_ONES * (LONG + FetchEnvelopes.OVERHEAD_OCTETS)
            - FetchEnvelopes.OVERHEAD_OCTETS;

    private final EnvelopeRoom room = new EnvelopeRoom(1 << 20);
    private final FetchEnvelopes envelopes = new FetchEnvelopes(room, new RecordingLink());
    private final DialectBench bench = new DialectBench();

    @AfterEach
    void endEveryRequest() {
        bench.end();
    }

    @Test
    void keepsAsMuchAsFitsAndNoOctetMore() {
        addLongOnes();

        assertThat(REST).isGreaterThan(3);
        assertThat(envelopes.hasRoomFor(REST - 1)).isTrue();
        assertThat(envelopes.hasRoomFor(REST)).isTrue();
        assertThat(envelopes.hasRoomFor(REST + 1)).isFalse();
    }

    @Test
    void keepsBareDelimitersHoweverMuchElseIsKept() {
        addLongOnes();
        add(REST);

        assertThat(envelopes.hasRoomFor(3)).isFalse();
        for (int i = 0; i < 10; i++) {
            assertThat(envelopes.hasRoomFor(2)).isTrue();
            add(2);
        }
        assertThat(envelopes.size()).isEqualTo(LONG_ONES + 11);
    }

    @Test
    void hasTheRoomAgainOfThoseThatAreAnswered() {
        addLongOnes();
        add(REST);
        add(2);

        assertThat(lengthOfNext()).isEqualTo(LONG);
        assertThat(envelopes.hasRoomFor(LONG)).isTrue();
        assertThat(envelopes.hasRoomFor(LONG + 1)).isFalse();

        for (int i = 1; i < LONG_ONES; i++) {
            assertThat(lengthOfNext()).isEqualTo(LONG);
        }
        assertThat(lengthOfNext()).isEqualTo(REST);
        assertThat(lengthOfNext()).isEqualTo(2);
        assertThat(envelopes.size()).isZero();
        assertThat(envelopes.hasRoomFor(FetchEnvelopes.MAX_OCTETS - FetchEnvelopes.OVERHEAD_OCTETS))
                .isTrue();
    }

    /** The heap of the broker is not the peer's to fill: 4 MB a connection would be. */
    @ParameterizedTest
    @EnumSource(
            value = WorkerDialects.Choice.class,
            names = {"FETCH", "LOAD_BALANCING"})
    void ofAPeerThatSendsLongOnesFewAreKeptAndTheRestIsRefused(WorkerDialects.Choice dialect) {
        var worker = bench.worker(dialect);
        String fetch = ("01ff" + "41".repeat(255)).repeat(15) + "0100 0001 01";
        int kept = FetchEnvelopes.MAX_OCTETS / (15 * 257 + 2 + FetchEnvelopes.OVERHEAD_OCTETS);

        for (int i = 0; i < 100; i++) {
            worker.says(fetch);
        }

        assertThat(worker.link.drops).hasSize(100 - kept).containsOnly(DropReason.ENVELOPE_TOO_LONG);
    }

    @Test
    void ofAllConnectionsTogetherKeepsAsMuchAsFitsAndNoOctetMore() {
        EnvelopeRoom small = new EnvelopeRoom(10_000);
        FetchEnvelopes first = new FetchEnvelopes(small, new RecordingLink());
        FetchEnvelopes second = new FetchEnvelopes(small, new RecordingLink());
        add(first, 5000);
        int rest = 10_000 + 2 * FetchEnvelopes.FREE_OCTETS - 5000 - 2 * FetchEnvelopes.OVERHEAD_OCTETS;

        assertThat(second.hasRoomFor(rest - 1)).isTrue();
        assertThat(second.hasRoomFor(rest)).isTrue();
        assertThat(second.hasRoomFor(rest + 1)).isFalse();
        add(second, rest);

        assertThat(small.octets()).isEqualTo(10_000);
        assertThat(first.hasRoomFor(3)).isFalse();
        first.pollTo(Unpooled.buffer());
        assertThat(first.hasRoomFor(5000)).isTrue();
        assertThat(first.hasRoomFor(5001)).isFalse();
    }

    @Test
    void keepsFewShortOnesAndBareDelimitersHoweverMuchIsKeptForOthers() {
        EnvelopeRoom full = new EnvelopeRoom(0);
        FetchEnvelopes late = new FetchEnvelopes(full, new RecordingLink());
        int shortest = FetchEnvelopes.FREE_OCTETS / 2 - FetchEnvelopes.OVERHEAD_OCTETS;

        add(late, shortest);
        assertThat(late.hasRoomFor(shortest - 1)).isTrue();
        assertThat(late.hasRoomFor(shortest)).isTrue();
        assertThat(late.hasRoomFor(shortest + 1)).isFalse();
        add(late, shortest);

        assertThat(late.hasRoomFor(3)).isFalse();
        assertThat(late.hasRoomFor(2)).isTrue();
        assertThat(full.octets()).isZero();
    }

    /** However many connections there are, of whatever dialect keeps envelopes. */
    @ParameterizedTest
    @EnumSource(
            value = WorkerDialects.Choice.class,
            names = {"FETCH", "LOAD_BALANCING"})
    void givesTheRoomBackOfThoseThatHaveGone(WorkerDialects.Choice dialect) {
        bench.envelopes = new EnvelopeRoom(4000);
        String fetch = "01ff" + "41".repeat(255) + "0100 0001 01";
        DialectBench.Side[] workers = new DialectBench.Side[100];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = bench.worker(dialect);
            for (int times = 0; times < 4; times++) {
                workers[i].says(fetch);
            }
        }
        assertThat(bench.envelopes.octets()).isBetween(3000L, 4000L);
        assertThat(workers).allSatisfy(worker -> assertThat(worker.link.drops).isEmpty());

        for (DialectBench.Side worker : workers) {
            worker.goes();
        }

        assertThat(bench.envelopes.octets()).isZero();
    }

    private void addLongOnes() {
        for (int i = 0; i < LONG_ONES; i++) {
            assertThat(envelopes.hasRoomFor(LONG)).isTrue();
            add(LONG);
        }
    }

    private void add(int length) {
        add(envelopes, length);
    }

    private static void add(FetchEnvelopes envelopes, int length) {
        envelopes.add(Unpooled.wrappedBuffer(new byte[length + 1]), length);
    }

    private int lengthOfNext() {
        ByteBuf out = Unpooled.buffer();
        envelopes.pollTo(out);
        return out.readableBytes();
    }
}
