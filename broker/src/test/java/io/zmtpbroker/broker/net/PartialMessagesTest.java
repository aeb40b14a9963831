package io.zmtpbroker.broker.net;

import static io.zmtpbroker.broker.net.PartialMessagesBench.MIB;
import static io.zmtpbroker.broker.net.PartialMessagesBench.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.net.PartialMessagesBench.Peer;
import org.junit.jupiter.api.Test;

/** How much may be held of messages that are not whole, and who is closed for it. */
class PartialMessagesTest {
    private final PartialMessagesBench bench = new PartialMessagesBench();

    @Test
    void leavesEverybodyInPeaceWhileThereIsPlenty() {
        Peer first = bench.peer();
        Peer second = bench.peer();

        first.holds(5 * MIB, 0);
        second.holds(5 * MIB, 0);

        assertThat(bench.partials.isScarce()).isFalse();
        assertThat(first.read && second.read).isTrue();
        second.holds(5 * MIB + 1, 0);
        assertThat(bench.partials.isScarce()).isTrue();
        assertThat(first.read).isNotEqualTo(second.read);
    }

    @Test
    void readsShortMessagesAllTheTime() {
        Peer large = bench.peer();
        large.holds(20 * MIB, 0);
        Peer small = bench.peer();

        small.holds(Holding.SHORT_OCTETS, 0);
        assertThat(small.read).isTrue();
        small.holds(Holding.SHORT_OCTETS + 1, 0);
        assertThat(small.read).isFalse();
    }

    @Test
    void closesThoseThatStoodStillBeforeAsSoonAsItMatters() {
        Peer still = bench.peer();
        still.holds(9 * MIB, 0);
        Peer honest = bench.peer();

        honest.holds(2 * MIB, SECOND);
        bench.partials.onTick(SECOND + LongMessageTurns.TICK_NANOS);

        assertThat(still.closed).isNotNull();
        assertThat(honest.read).isTrue();
        assertThat(bench.partials.isScarce()).isFalse();
    }

    /** Its octets were in the kernel all the time. */
    @Test
    void doesNotBlameThoseWhoStoodStillSinceWeDid() {
        Peer honest = bench.peer();
        honest.holds(9 * MIB, 0);

        bench.peer().holds(2 * MIB, 5 * SECOND);
        assertThat(honest.read).as("for a moment more").isTrue();
        honest.holds(10 * MIB, 5 * SECOND);
        bench.partials.onTick(5 * SECOND + LongMessageTurns.TICK_NANOS);

        assertThat(honest.closed).isNull();
        assertThat(honest.read).as("before it is its turn").isFalse();
    }

    @Test
    void doesNotBlameThoseWhomTheQueueKeepsFromGettingOn() {
        Peer kept = bench.peer();
        kept.holds(9 * MIB, 0);
        bench.peer().holds(2 * MIB, 5 * SECOND);
        kept.kept = true;

        bench.partials.onTick(5 * SECOND + LongMessageTurns.TICK_NANOS);

        assertThat(kept.closed).isNull();
    }

    @Test
    void doesNotBlameThoseWhoCouldNotGetOn() {
        Peer turn = bench.peer();
        Peer waiting = bench.peer();
        turn.holds(11 * MIB, 0);
        waiting.holds(2 * MIB, 0);
        turn.holds(0, 2 * SECOND); // and now everybody may go on

        bench.peer().holds(9 * MIB, 2 * SECOND + 1);

        assertThat(bench.partials.isScarce()).isTrue();
        assertThat(waiting.closed).isNull();
    }

    @Test
    void neverHoldsMoreThanMayBe() {
        Peer first = bench.peer();
        Peer second = bench.peer();
        first.holds(60 * MIB, 0);
        second.holds(30 * MIB, 0);
        assertThat(bench.partials.octets()).isEqualTo(90 * MIB);
        assertThat(second.closed).isNull();

        first.holds(60 * MIB + 1, 0);

        assertThat(second.closed).isNotNull();
        assertThat(first.closed).isNull();
        first.holds(90 * MIB + 1, 0);
        assertThat(first.closed).isNotNull();
        assertThat(bench.partials.octets()).isZero();
    }

    /** Which the broker does not let one be long enough for. */
    @Test
    void closesTheTurnAndNotAllOthersWhenItHoldsMoreThanALongestMessageNeeds() {
        Peer oversize = bench.peer();
        oversize.holds(60 * MIB, 0);
        Peer other = bench.peer();
        other.holds(21 * MIB, 0);

        oversize.holds(70 * MIB, 0);

        assertThat(oversize.closed).isNotNull();
        assertThat(other.closed).isNull();
        assertThat(other.read).isTrue();
    }

    /** The octets of the turn are no reason to close a neighbour. */
    @Test
    void doesNotChargeAnAddressWithTheMessageThatHasTheTurn() {
        AddressUse crowd = new AddressUse(null);
        Peer turn = bench.peer();
        turn.holds(60 * MIB, 0);
        Peer neighbour = bench.peer();
        neighbour.holds(MIB, 0);
        Peer hostile = bench.peer(crowd);

        hostile.holds(30 * MIB, 0);

        assertThat(hostile.closed).isNotNull();
        assertThat(neighbour.closed).isNull();
    }

    @Test
    void closesTheYoungestOfTheAddressThatHoldsMost() {
        AddressUse crowd = new AddressUse(null);
        Peer turn = bench.peer();
        turn.holds(50 * MIB, 0);
        Peer older = bench.peer(crowd);
        Peer honest = bench.peer();
        Peer younger = bench.peer(crowd);
        older.holds(26 * MIB, 0);
        honest.holds(1 * MIB, 0);
        younger.holds(26 * MIB, 0);

        assertThat(younger.closed).isNotNull();
        assertThat(older.closed).isNull();
        assertThat(honest.closed).isNull();
        assertThat(turn.closed).isNull();
    }

    @Test
    void closesTheLargestHolderOfThatAddress() {
        Peer turn = bench.peer();
        turn.holds(60 * MIB, 0);
        Peer large = bench.peer();
        Peer small = bench.peer();
        large.holds(25 * MIB, 0);
        small.holds(5 * MIB, 0);

        small.holds(6 * MIB, 0);

        assertThat(large.closed).isNotNull();
        assertThat(small.closed).isNull();
    }

    @Test
    void forgetsThoseWhoAreGone() {
        Peer turn = bench.peer();
        Peer next = bench.peer();
        turn.holds(11 * MIB, 0);
        next.holds(11 * MIB, 0);

        bench.partials.gone(turn, 0);

        assertThat(next.read).isTrue();
        bench.partials.gone(next, 0);
        assertThat(bench.partials.octets()).isZero();
        assertThat(bench.here.heldOctets).isZero();
        assertThat(bench.partials.isScarce()).isFalse();
    }

    @Test
    void gatheredPartsCountButArePutToNoTest() {
        Peer gathering = bench.peer();
        bench.partials.update(gathering, 20 * MIB, 20 * MIB, 0);
        Peer honest = bench.peer();
        honest.holds(MIB, 0);

        bench.partials.onTick(10 * SECOND - 1);

        assertThat(gathering.closed).isNull();
        assertThat(gathering.read).isTrue();
        assertThat(bench.partials.isScarce()).isTrue();
    }
}
