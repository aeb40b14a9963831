package io.zmtpbroker.broker.net;

import static io.zmtpbroker.broker.net.PartialMessagesBench.MIB;
import static io.zmtpbroker.broker.net.PartialMessagesBench.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.net.PartialMessagesBench.Peer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Turns of long messages in crowds: of one address, and of many. */
class LongMessageTurnsInCrowdsTest {
    private final PartialMessagesBench bench = new PartialMessagesBench();

    /** Short messages of the same address come and go meanwhile. */
    @Test
    void anHonestMessageGetsThroughBesideACrowdOfItsOwnAddress() {
        for (int i = 0; i < 50; i++) {
            bench.peer().holds(MIB * 3 / 2, 0);
        }
        Peer honest = bench.peer();
        honest.holds(MIB / 8, 0);
        Peer other = bench.peer();

        while (!honest.read && bench.nowNanos < 60 * SECOND) {
            other.holds(100, bench.nowNanos);
            other.holds(0, bench.nowNanos);
            bench.tickUntil(bench.nowNanos + LongMessageTurns.TICK_NANOS);
        }

        assertThat(honest.closed).isNull();
        assertThat(bench.nowNanos)
                .as("half a second for each of the crowd, and a little")
                .isLessThan(30 * SECOND);
        honest.holds(60 * MIB, bench.nowNanos);
        assertThat(honest.closed).isNull();
    }

    @Test
    void anHonestMessageIsReadSoonHoweverManyAddressesStandStillBeforeIt() {
        for (int i = 0; i < 300; i++) {
            bench.peerFromElsewhere().holds(MIB / 10, 0);
        }
        Peer honest = bench.peerFromElsewhere();
        honest.holds(MIB / 8, 0);
        assertThat(honest.read).isFalse();

        bench.tickUntilRead(honest, 60 * SECOND);

        assertThat(bench.nowNanos).isLessThan(3 * SECOND);
        bench.receiveAll(honest, 60 * MIB);
        assertThat(honest.closed).isNull();
    }

    /** Two that are new to us all the time, but for the one that has the turn. */
    @Test
    void whoHangsUpAndComesAgainGainsNothing() {
        for (int i = 0; i < 20; i++) {
            bench.peerFromElsewhere().holds(MIB, 0);
        }
        Peer honest = bench.peerFromElsewhere();
        honest.holds(MIB / 8, 0);
        bench.tickUntilRead(honest, 60 * SECOND);
        while (honest.read) {
            bench.tick();
        }
        long stopped = bench.nowNanos;
        Peer[] coming = {bench.peerFromElsewhere(), bench.peerFromElsewhere()};

        while (!honest.read && bench.nowNanos < stopped + 60 * SECOND) {
            for (int i = 0; i < coming.length; i++) {
                if (!coming[i].read) {
                    bench.partials.gone(coming[i], bench.nowNanos);
                    coming[i] = bench.peerFromElsewhere();
                }
                coming[i].holds(MIB / 8, bench.nowNanos);
            }
            bench.tick();
        }

        assertThat(bench.nowNanos - stopped).isLessThan(3 * SECOND);
    }

    /** What was read of it at first is all that the kernel had. */
    @Test
    void whoGetsOnInBurstsIsNotClosedInACrowdOfAddresses() {
        for (int i = 0; i < 100; i++) {
            bench.peerFromElsewhere().holds(MIB / 5, 0);
        }
        Peer honest = bench.peerFromElsewhere();
        honest.holds(MIB / 8, 0);
        bench.tickUntilRead(honest, 60 * SECOND);

        for (int burst = 1; burst <= 20 && honest.closed == null; burst++) {
            honest.holds(MIB / 8 * (burst + 1), bench.nowNanos);
            bench.tickUntil(bench.nowNanos + SECOND / 5);
            bench.tickUntilRead(honest, bench.nowNanos + 10 * SECOND);
        }

        assertThat(honest.closed).isNull();
    }

    /** Each is given a second in all, though in pieces. */
    @Test
    void addressesThatStandStillAreClosedInTheEnd() {
        Peer[] still = new Peer[20];
        for (int i = 0; i < still.length; i++) {
            still[i] = bench.peerFromElsewhere();
            still[i].holds(MIB, 0);
        }

        while (bench.partials.isScarce() && bench.nowNanos < 60 * SECOND) {
            bench.tick();
        }

        assertThat(bench.partials.octets()).isEqualTo(10 * MIB);
        assertThat(bench.nowNanos).isBetween(10 * SECOND, 21 * SECOND);
    }

    /** Of which there are always as many. */
    @Test
    void whoSendsALittleInEachOfItsTurnsIsClosedTooInTheEnd() {
        Peer trickles = bench.peerFromElsewhere();
        long octets = MIB;
        trickles.holds(octets, 0);
        List<Peer> crowd = new ArrayList<>();

        while (trickles.closed == null && bench.nowNanos < 300 * SECOND) {
            crowd.removeIf(peer -> peer.closed != null);
            while (crowd.size() < 100) {
                Peer still = bench.peerFromElsewhere();
                crowd.add(still);
                still.holds(MIB / 5, bench.nowNanos);
            }
            boolean wasRead = trickles.read;
            bench.tick();
            if (trickles.read && !wasRead) {
                octets += 22_000; // more than an address must send within its trial
                trickles.holds(octets, bench.nowNanos);
            }
        }

        assertThat(trickles.closed).isNotNull();
    }

    /** Since it gets on it keeps its turn; but it has only one before the others have theirs. */
    @Test
    void anAddressThatSendsJustFastEnoughHoldsUpOthersForOneMessage() {
        Peer slow = bench.peerFromElsewhere();
        slow.holds(10 * MIB + 1, 0);
        Peer slowAgain = bench.peer(slow.address());
        slowAgain.holds(10 * MIB + 1, 0);
        Peer honest = bench.peerFromElsewhere();
        honest.holds(MIB / 8, 0);

        for (int second = 1; second <= 50; second++) {
            slow.holds((10 + second) * MIB + 1, second * SECOND - 1);
            bench.tickUntil(second * SECOND);
            assertThat(honest.read).isFalse();
        }
        slow.holds(0, bench.nowNanos);

        assertThat(slow.closed).isNull();
        assertThat(honest.read).isTrue();
        assertThat(slowAgain.read).isFalse();
    }
}
