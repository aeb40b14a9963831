package io.zmtpbroker.broker.net;

import static io.zmtpbroker.broker.net.PartialMessagesBench.MIB;
import static io.zmtpbroker.broker.net.PartialMessagesBench.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.net.PartialMessagesBench.Peer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whose turn it is to be received while memory is scarce, and what it may do with it. */
class LongMessageTurnsTest {
    private final PartialMessagesBench bench = new PartialMessagesBench();

    @Test
    void receivesLongMessagesOneAtATimeWhenMemoryIsScarce() {
        Peer first = bench.peer();
        Peer second = bench.peer();
        Peer third = bench.peer();
        first.holds(6 * MIB, 0);
        second.holds(6 * MIB, 0);
        third.holds(6 * MIB, 0);

        assertThat(first.read).isTrue();
        assertThat(second.read || third.read).isFalse();
        first.holds(59 * MIB, 1);
        assertThat(second.read || third.read).isFalse();
        first.holds(0, 2);

        assertThat(second.read).isTrue();
        assertThat(third.read).isFalse();
        second.holds(0, 3);
        assertThat(third.read).isTrue();
        assertThat(bench.partials.isScarce()).isFalse();
    }

    @Test
    void closesWhoeverHasTheTurnAndStandsStill() {
        Peer idle = bench.peer();
        Peer honest = bench.peer();
        idle.holds(20 * MIB, 0);
        honest.holds(1 * MIB, 0);

        bench.tickUntil(SECOND - 1);
        assertThat(idle.closed).isNull();
        idle.holds(21 * MIB - 1, SECOND - 1); // an octet too few
        bench.tickUntil(SECOND);

        assertThat(idle.closed).isNotNull();
        assertThat(honest.read).isTrue();
        assertThat(bench.partials.octets()).isEqualTo(MIB);
    }

    @Test
    void keepsWhoeverHasTheTurnAndGetsOn() {
        Peer slow = bench.peer();
        bench.peer().holds(MIB, 0);
        slow.holds(20 * MIB, 0);

        for (int second = 1; second <= 30; second++) {
            slow.holds((20 + second) * MIB, second * SECOND - 1);
            bench.tickUntil(second * SECOND);
        }

        assertThat(slow.closed).isNull();
    }

    @Test
    void keepsItsTurnWhenTheSameOctetsTakeLess() {
        Peer turn = bench.peer();
        Peer waiting = bench.peer();
        turn.holds(20 * MIB, 0);
        waiting.holds(2 * MIB, 0);

        bench.tickUntil(SECOND / 2);
        turn.holds(19 * MIB, SECOND / 2);
        turn.holds(20 * MIB, SECOND / 2 + 1);
        bench.tickUntil(SECOND);

        assertThat(turn.read).isTrue();
        assertThat(turn.closed).isNull();
        assertThat(waiting.read).isFalse();
    }

    @Test
    void doesNotBlameTheTurnWhenOurLoopIsHeldUp() {
        Peer turn = bench.peer();
        turn.holds(20 * MIB, 0);

        bench.nowNanos = 5 * SECOND;
        bench.partials.onTick(bench.nowNanos);
        bench.tickUntil(5 * SECOND + SECOND / 2);
        assertThat(turn.closed).isNull();
        turn.holds(21 * MIB, 5 * SECOND + SECOND / 2);
        bench.tickUntil(6 * SECOND);

        assertThat(turn.closed).isNull();
        bench.tickUntil(7 * SECOND);
        assertThat(turn.closed).as("it was its own fault").isNotNull();
    }

    @Test
    void givesTurnsToAddressesInTurn() {
        AddressUse crowd = new AddressUse(null);
        Peer[] many = new Peer[5];
        for (int i = 0; i < many.length; i++) {
            many[i] = bench.peer(crowd);
            many[i].holds(11 * MIB, 0);
        }
        Peer honest = bench.peer();
        honest.holds(11 * MIB, 0);

        many[0].holds(0, 1);

        assertThat(honest.read).as("before the rest of the crowd").isTrue();
        assertThat(many[1].read).isFalse();
    }

    @Test
    void givesTheTurnToNobodyWhoIsKeptFromReading() {
        Peer kept = bench.peer();
        kept.kept = true;
        kept.holds(30 * MIB, 0);
        Peer other = bench.peer();
        other.holds(2 * MIB, 0);

        assertThat(other.read).isTrue();
        bench.partials.onTick(10 * SECOND);
        assertThat(kept.closed).isNull();
    }

    @Test
    void hasLessPatienceWithACrowdThatStandsStill() {
        Peer[] crowd = new Peer[20];
        for (int i = 0; i < crowd.length; i++) {
            crowd[i] = bench.peer();
            crowd[i].holds(2 * MIB, 0);
        }

        for (long millis = 100; millis <= 9_000; millis += 25) {
            bench.partials.onTick(TimeUnit.MILLISECONDS.toNanos(millis));
        }

        assertThat(bench.partials.isScarce()).as("within 9 s and not 15").isFalse();
        assertThat(bench.partials.octets()).isEqualTo(10 * MIB);
    }
}
