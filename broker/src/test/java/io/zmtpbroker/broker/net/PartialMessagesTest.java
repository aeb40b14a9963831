package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartialMessagesTest {

    private static final long MIB = 1 << 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Scarce from (90 - 60) / 3 = 10 MiB on. */
    private final PartialMessages partials = new PartialMessages(90 * MIB, 60 * MIB);

    private final AddressUse here = new AddressUse(null);
    private long nowNanos;

    private final class Peer implements Holding.Holder {
        private final AddressUse address;
        private boolean kept;
        private boolean read = true;
        private @Nullable String closed;

        Peer(AddressUse address) {
            this.address = address;
        }

        Peer() {
            this(here);
        }

        void holds(long held, long nowNanos) {
            partials.update(this, held, 0, nowNanos);
        }

        @Override
        public AddressUse address() {
            return address;
        }

        @Override
        public boolean isKeptFromReading() {
            return kept;
        }

        @Override
        public void readPartial(boolean again) {
            read = again;
        }

        @Override
        public void closeAsHolder(String reason) {
            closed = reason;
        }
    }

    @Test
    void leavesEverybodyInPeaceWhileThereIsPlenty() {
        Peer first = new Peer();
        Peer second = new Peer();

        first.holds(5 * MIB, 0);
        second.holds(5 * MIB, 0);

        assertThat(partials.isScarce()).isFalse();
        assertThat(first.read && second.read).isTrue();
        second.holds(5 * MIB + 1, 0);
        assertThat(partials.isScarce()).isTrue();
        assertThat(first.read).isNotEqualTo(second.read);
    }

    @Test
    void receivesLongMessagesOneAtATimeWhenMemoryIsScarce() {
        Peer first = new Peer();
        Peer second = new Peer();
        Peer third = new Peer();
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
        assertThat(partials.isScarce()).isFalse();
    }

    @Test
    void readsShortMessagesAllTheTime() {
        Peer large = new Peer();
        large.holds(20 * MIB, 0);
        Peer small = new Peer();

        small.holds(Holding.SHORT_OCTETS, 0);
        assertThat(small.read).isTrue();
        small.holds(Holding.SHORT_OCTETS + 1, 0);
        assertThat(small.read).isFalse();
    }

    @Test
    void closesWhoeverHasTheTurnAndStandsStill() {
        Peer idle = new Peer();
        Peer honest = new Peer();
        idle.holds(20 * MIB, 0);
        honest.holds(1 * MIB, 0);

        tickUntil(SECOND - 1);
        assertThat(idle.closed).isNull();
        idle.holds(21 * MIB - 1, SECOND - 1); // an octet too few
        tickUntil(SECOND);

        assertThat(idle.closed).isNotNull();
        assertThat(honest.read).isTrue();
        assertThat(partials.octets()).isEqualTo(MIB);
    }

    @Test
    void keepsWhoeverHasTheTurnAndGetsOn() {
        Peer slow = new Peer();
        new Peer().holds(MIB, 0);
        slow.holds(20 * MIB, 0);

        for (int second = 1; second <= 30; second++) {
            slow.holds((20 + second) * MIB, second * SECOND - 1);
            tickUntil(second * SECOND);
        }

        assertThat(slow.closed).isNull();
    }

    @Test
    void closesThoseThatStoodStillBeforeAsSoonAsItMatters() {
        Peer still = new Peer();
        still.holds(9 * MIB, 0);
        Peer honest = new Peer();

        honest.holds(2 * MIB, SECOND);
        partials.onTick(SECOND + LongMessageTurns.TICK_NANOS);

        assertThat(still.closed).isNotNull();
        assertThat(honest.read).isTrue();
        assertThat(partials.isScarce()).isFalse();
    }

    /** Its octets were in the kernel all the time. */
    @Test
    void doesNotBlameThoseWhoStoodStillSinceWeDid() {
        Peer honest = new Peer();
        honest.holds(9 * MIB, 0);

        new Peer().holds(2 * MIB, 5 * SECOND);
        assertThat(honest.read).as("for a moment more").isTrue();
        honest.holds(10 * MIB, 5 * SECOND);
        partials.onTick(5 * SECOND + LongMessageTurns.TICK_NANOS);

        assertThat(honest.closed).isNull();
        assertThat(honest.read).as("before it is its turn").isFalse();
    }

    @Test
    void doesNotBlameThoseWhomTheQueueKeepsFromGettingOn() {
        Peer kept = new Peer();
        kept.holds(9 * MIB, 0);
        new Peer().holds(2 * MIB, 5 * SECOND);
        kept.kept = true;

        partials.onTick(5 * SECOND + LongMessageTurns.TICK_NANOS);

        assertThat(kept.closed).isNull();
    }

    @Test
    void doesNotBlameTheTurnWhenOurLoopIsHeldUp() {
        Peer turn = new Peer();
        turn.holds(20 * MIB, 0);

        nowNanos = 5 * SECOND;
        partials.onTick(nowNanos);
        tickUntil(5 * SECOND + SECOND / 2);
        assertThat(turn.closed).isNull();
        turn.holds(21 * MIB, 5 * SECOND + SECOND / 2);
        tickUntil(6 * SECOND);

        assertThat(turn.closed).isNull();
        tickUntil(7 * SECOND);
        assertThat(turn.closed).as("it was its own fault").isNotNull();
    }

    /** Short messages of the same address come and go meanwhile. */
    @Test
    void anHonestMessageGetsThroughBesideACrowdOfItsOwnAddress() {
        for (int i = 0; i < 50; i++) {
            new Peer().holds(MIB * 3 / 2, 0);
        }
        Peer honest = new Peer();
        honest.holds(MIB / 8, 0);
        Peer other = new Peer();

        while (!honest.read && nowNanos < 60 * SECOND) {
            other.holds(100, nowNanos);
            other.holds(0, nowNanos);
            tickUntil(nowNanos + LongMessageTurns.TICK_NANOS);
        }

        assertThat(honest.closed).isNull();
        assertThat(nowNanos)
                .as("half a second for each of the crowd, and a little")
                .isLessThan(30 * SECOND);
        honest.holds(60 * MIB, nowNanos);
        assertThat(honest.closed).isNull();
    }

    @Test
    void anHonestMessageIsReadSoonHoweverManyAddressesStandStillBeforeIt() {
        for (int i = 0; i < 300; i++) {
            new Peer(new AddressUse(null)).holds(MIB / 10, 0);
        }
        Peer honest = new Peer(new AddressUse(null));
        honest.holds(MIB / 8, 0);
        assertThat(honest.read).isFalse();

        tickUntilRead(honest, 60 * SECOND);

        assertThat(nowNanos).isLessThan(3 * SECOND);
        receiveAll(honest, 60 * MIB);
        assertThat(honest.closed).isNull();
    }

    /** Two that are new to us all the time, but for the one that has the turn. */
    @Test
    void whoHangsUpAndComesAgainGainsNothing() {
        for (int i = 0; i < 20; i++) {
            new Peer(new AddressUse(null)).holds(MIB, 0);
        }
        Peer honest = new Peer(new AddressUse(null));
        honest.holds(MIB / 8, 0);
        tickUntilRead(honest, 60 * SECOND);
        while (honest.read) {
            tick();
        }
        long stopped = nowNanos;
        Peer[] coming = {new Peer(new AddressUse(null)), new Peer(new AddressUse(null))};

        while (!honest.read && nowNanos < stopped + 60 * SECOND) {
            for (int i = 0; i < coming.length; i++) {
                if (!coming[i].read) {
                    partials.gone(coming[i], nowNanos);
                    coming[i] = new Peer(new AddressUse(null));
                }
                coming[i].holds(MIB / 8, nowNanos);
            }
            tick();
        }

        assertThat(nowNanos - stopped).isLessThan(3 * SECOND);
    }

    /** What was read of it at first is all that the kernel had. */
    @Test
    void whoGetsOnInBurstsIsNotClosedInACrowdOfAddresses() {
        for (int i = 0; i < 100; i++) {
            new Peer(new AddressUse(null)).holds(MIB / 5, 0);
        }
        Peer honest = new Peer(new AddressUse(null));
        honest.holds(MIB / 8, 0);
        tickUntilRead(honest, 60 * SECOND);

        for (int burst = 1; burst <= 20 && honest.closed == null; burst++) {
            honest.holds(MIB / 8 * (burst + 1), nowNanos);
            tickUntil(nowNanos + SECOND / 5);
            tickUntilRead(honest, nowNanos + 10 * SECOND);
        }

        assertThat(honest.closed).isNull();
    }

    /** Each is given a second in all, though in pieces. */
    @Test
    void addressesThatStandStillAreClosedInTheEnd() {
        Peer[] still = new Peer[20];
        for (int i = 0; i < still.length; i++) {
            still[i] = new Peer(new AddressUse(null));
            still[i].holds(MIB, 0);
        }

        while (partials.isScarce() && nowNanos < 60 * SECOND) {
            tick();
        }

        assertThat(partials.octets()).isEqualTo(10 * MIB);
        assertThat(nowNanos).isBetween(10 * SECOND, 21 * SECOND);
    }

    /** Of which there are always as many. */
    @Test
    void whoSendsALittleInEachOfItsTurnsIsClosedTooInTheEnd() {
        Peer trickles = new Peer(new AddressUse(null));
        long octets = MIB;
        trickles.holds(octets, 0);
        List<Peer> crowd = new ArrayList<>();

        while (trickles.closed == null && nowNanos < 300 * SECOND) {
            crowd.removeIf(peer -> peer.closed != null);
            while (crowd.size() < 100) {
                Peer still = new Peer(new AddressUse(null));
                crowd.add(still);
                still.holds(MIB / 5, nowNanos);
            }
            boolean wasRead = trickles.read;
            tick();
            if (trickles.read && !wasRead) {
                octets += 22_000; // more than an address must send within its trial
                trickles.holds(octets, nowNanos);
            }
        }

        assertThat(trickles.closed).isNotNull();
    }

    /** Which the broker does not let one be long enough for. */
    @Test
    void closesTheTurnAndNotAllOthersWhenItHoldsMoreThanALongestMessageNeeds() {
        Peer oversize = new Peer();
        oversize.holds(60 * MIB, 0);
        Peer other = new Peer();
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
        Peer turn = new Peer();
        turn.holds(60 * MIB, 0);
        Peer neighbour = new Peer();
        neighbour.holds(MIB, 0);
        Peer hostile = new Peer(crowd);

        hostile.holds(30 * MIB, 0);

        assertThat(hostile.closed).isNotNull();
        assertThat(neighbour.closed).isNull();
    }

    @Test
    void doesNotBlameThoseWhoCouldNotGetOn() {
        Peer turn = new Peer();
        Peer waiting = new Peer();
        turn.holds(11 * MIB, 0);
        waiting.holds(2 * MIB, 0);
        turn.holds(0, 2 * SECOND); // and now everybody may go on

        new Peer().holds(9 * MIB, 2 * SECOND + 1);

        assertThat(partials.isScarce()).isTrue();
        assertThat(waiting.closed).isNull();
    }

    @Test
    void neverHoldsMoreThanMayBe() {
        Peer first = new Peer();
        Peer second = new Peer();
        first.holds(60 * MIB, 0);
        second.holds(30 * MIB, 0);
        assertThat(partials.octets()).isEqualTo(90 * MIB);
        assertThat(second.closed).isNull();

        first.holds(60 * MIB + 1, 0);

        assertThat(second.closed).isNotNull();
        assertThat(first.closed).isNull();
        first.holds(90 * MIB + 1, 0);
        assertThat(first.closed).isNotNull();
        assertThat(partials.octets()).isZero();
    }

    @Test
    void closesTheYoungestOfTheAddressThatHoldsMost() {
        AddressUse crowd = new AddressUse(null);
        Peer turn = new Peer();
        turn.holds(50 * MIB, 0);
        Peer older = new Peer(crowd);
        Peer honest = new Peer();
        Peer younger = new Peer(crowd);
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
        Peer turn = new Peer();
        turn.holds(60 * MIB, 0);
        Peer large = new Peer();
        Peer small = new Peer();
        large.holds(25 * MIB, 0);
        small.holds(5 * MIB, 0);

        small.holds(6 * MIB, 0);

        assertThat(large.closed).isNotNull();
        assertThat(small.closed).isNull();
    }

    @Test
    void hasLessPatienceWithACrowdThatStandsStill() {
        Peer[] crowd = new Peer[20];
        for (int i = 0; i < crowd.length; i++) {
            crowd[i] = new Peer();
            crowd[i].holds(2 * MIB, 0);
        }

        for (long millis = 100; millis <= 9_000; millis += 25) {
            partials.onTick(TimeUnit.MILLISECONDS.toNanos(millis));
        }

        assertThat(partials.isScarce()).as("within 9 s and not 15").isFalse();
        assertThat(partials.octets()).isEqualTo(10 * MIB);
    }

    @Test
    void keepsItsTurnWhenTheSameOctetsTakeLess() {
        Peer turn = new Peer();
        Peer waiting = new Peer();
        turn.holds(20 * MIB, 0);
        waiting.holds(2 * MIB, 0);

        tickUntil(SECOND / 2);
        turn.holds(19 * MIB, SECOND / 2);
        turn.holds(20 * MIB, SECOND / 2 + 1);
        tickUntil(SECOND);

        assertThat(turn.read).isTrue();
        assertThat(turn.closed).isNull();
        assertThat(waiting.read).isFalse();
    }

    @Test
    void givesTurnsToAddressesInTurn() {
        AddressUse crowd = new AddressUse(null);
        Peer[] many = new Peer[5];
        for (int i = 0; i < many.length; i++) {
            many[i] = new Peer(crowd);
            many[i].holds(11 * MIB, 0);
        }
        Peer honest = new Peer();
        honest.holds(11 * MIB, 0);

        many[0].holds(0, 1);

        assertThat(honest.read).as("before the rest of the crowd").isTrue();
        assertThat(many[1].read).isFalse();
    }

    @Test
    void givesTheTurnToNobodyWhoIsKeptFromReading() {
        Peer kept = new Peer();
        kept.kept = true;
        kept.holds(30 * MIB, 0);
        Peer other = new Peer();
        other.holds(2 * MIB, 0);

        assertThat(other.read).isTrue();
        partials.onTick(10 * SECOND);
        assertThat(kept.closed).isNull();
    }

    @Test
    void forgetsThoseWhoAreGone() {
        Peer turn = new Peer();
        Peer next = new Peer();
        turn.holds(11 * MIB, 0);
        next.holds(11 * MIB, 0);

        partials.gone(turn, 0);

        assertThat(next.read).isTrue();
        partials.gone(next, 0);
        assertThat(partials.octets()).isZero();
        assertThat(here.heldOctets).isZero();
        assertThat(partials.isScarce()).isFalse();
    }

    @Test
    void gatheredPartsCountButArePutToNoTest() {
        Peer gathering = new Peer();
        partials.update(gathering, 20 * MIB, 20 * MIB, 0);
        Peer honest = new Peer();
        honest.holds(MIB, 0);

        partials.onTick(10 * SECOND - 1);

        assertThat(gathering.closed).isNull();
        assertThat(gathering.read).isTrue();
        assertThat(partials.isScarce()).isTrue();
    }

    private void tickUntilRead(Peer peer, long limitNanos) {
        while (!peer.read && nowNanos < limitNanos) {
            tick();
        }
        assertThat(peer.read).isTrue();
    }

    /** As fast as the loop reads. */
    private void receiveAll(Peer peer, long octets) {
        for (long held = MIB / 8; held <= octets; held += MIB / 16) {
            peer.holds(held, nowNanos);
            nowNanos += SECOND / 2000;
            partials.onTick(nowNanos);
        }
    }

    private void tick() {
        nowNanos += partials.tickNanos();
        partials.onTick(nowNanos);
    }

    /** As the loop does. */
    private void tickUntil(long untilNanos) {
        while (untilNanos - nowNanos > LongMessageTurns.TICK_NANOS) {
            nowNanos += LongMessageTurns.TICK_NANOS;
            partials.onTick(nowNanos);
        }
        nowNanos = untilNanos;
        partials.onTick(nowNanos);
    }
}
