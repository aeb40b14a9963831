package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many peers for whom a little waits each: who is closed, and when. */
class UnreadTotalTest {
    private static final long MAX = 1_000;
    private static final long LATER = UnreadTotal.PATIENCE_NANOS;

    private final UnreadTotal unread = new UnreadTotal("workers", MAX);
    private final List<FakePeer> peers = new ArrayList<>();

    @Test
    void leavesThoseInPeaceForWhomNoMoreWaitsThanMay() {
        peers(15, 100, 0);

        assertThat(unread.isTooMuch()).isFalse();
    }

    @Test
    void closesAsManyAsItTakesOfThoseThatTookNothing() {
        peers(20, 100, 0);

        closeUntilItFits(LATER);

        assertThat(closed()).isEqualTo(5);
        assertThat(unread.octets()).isEqualTo(1_500);
    }

    @Test
    void closesTheLargestFirst() {
        peers(15, 100, 0);
        FakePeer large = peer(300, 0);

        closeUntilItFits(LATER);

        assertThat(large.closed).contains("too much waits for all workers");
        assertThat(closed()).isOne();
    }

    @Test
    void closesOneThatTookNothingBeforeALargerOneThatTakesSomething() {
        peers(13, 100, LATER);
        FakePeer reads = peer(200, LATER);
        FakePeer idle = peer(100, 0);

        closeUntilItFits(LATER);

        assertThat(idle.closed).isNotEmpty();
        assertThat(reads.closed).isEmpty();
        assertThat(closed()).isOne();
    }

    @Test
    void closesNobodyWhoseLastTakingIsNotLongAgoEnough() {
        peers(20, 100, 1);

        closeUntilItFits(LATER);

        assertThat(closed()).isZero();
    }

    @Test
    void doesNotCloseThoseThatTakeSomething() {
        peers(20, 100, LATER);

        closeUntilItFits(LATER);

        assertThat(closed()).isZero();
    }

    @Test
    void closesThoseThatTakeSomethingTooWhenItIsMuchTooMuch() {
        peers(21, 100, LATER);

        closeUntilItFits(LATER);

        assertThat(unread.octets()).isEqualTo(2_000);
    }

    @Test
    void closesOneThatJustBeganToTakeAfterOthersWhenItIsMuchTooMuch() {
        peers(20, 100, 1);
        FakePeer fresh = peer(110, LATER);

        closeUntilItFits(LATER);

        assertThat(closed()).isPositive();
        assertThat(fresh.closed).isEmpty();
    }

    @Test
    void looksHowMuchStillWaitsBeforeItClosesAnybody() {
        peers(20, 100, 0);
        peers.forEach(peer -> peer.waiting = 10);

        closeUntilItFits(LATER);

        assertThat(closed()).isZero();
        assertThat(unread.octets()).isEqualTo(200);
    }

    @Test
    void closesNobodyForOneAnswerThatIsLongerThanTheBound() {
        peer(5_000, 0);
        peer(100, 0);

        closeUntilItFits(LATER);

        assertThat(closed()).isZero();
    }

    @Test
    void closesOneOfTwoWithSuchAnAnswer() {
        peer(5_000, 0);
        FakePeer reads = peer(5_000, LATER);

        closeUntilItFits(LATER);

        assertThat(closed()).isOne();
        assertThat(reads.closed).isEmpty();
    }

    @Test
    void looksAgainOnlyWhenAnotherPortionWaits() {
        peers(16, 100, LATER);
        closeUntilItFits(LATER);
        assertThat(unread.isTooMuch()).isFalse();

        unread.add(MAX / 16 + 1);
        assertThat(unread.isTooMuch()).isTrue();
    }

    @Test
    void looksFromTheBoundOnAgainWhenLessHasWaitedMeanwhile() {
        peer(5_000, 0);
        closeUntilItFits(LATER);

        unread.add(-5_000);
        unread.add(1_501);

        assertThat(unread.isTooMuch()).isTrue();
    }

    private void closeUntilItFits(long nowNanos) {
        assertThat(unread.isTooMuch()).isTrue();
        unread.closeUntilItFits(peers, nowNanos);
    }

    private long closed() {
        return peers.stream().filter(peer -> !peer.closed.isEmpty()).count();
    }

    private void peers(int count, long octets, long tookNanos) {
        for (int i = 0; i < count; i++) {
            peer(octets, tookNanos);
        }
    }

    private FakePeer peer(long octets, long tookNanos) {
        FakePeer peer = new FakePeer(octets, tookNanos);
        peer.count(tookNanos);
        peers.add(peer);
        return peer;
    }

    private final class FakePeer implements UnreadTotal.Receiver {
        private final long tookNanos;
        private long waiting;
        private long counted;
        private String closed = "";

        FakePeer(long waiting, long tookNanos) {
            this.waiting = waiting;
            this.tookNanos = tookNanos;
        }

        @Override
        public long count(long nowNanos) {
            unread.add(waiting - counted);
            counted = waiting;
            return waiting;
        }

        @Override
        public long tookNanos() {
            return tookNanos;
        }

        @Override
        public void closeAsUnread(String reason) {
            closed = reason;
            waiting = 0;
            count(tookNanos);
        }
    }
}
