package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Clients that do not read: who is closed, and when, and when they are like others again. */
class SlowPeersTest {
    private static final long MAX = 1_000;

    private final SlowPeers slow = new SlowPeers(MAX);
    private final FakePeer first = new FakePeer();
    private final FakePeer second = new FakePeer();

    @Test
    void leavesThoseInPeaceForWhomNoMoreWaitsThanMay() {
        update(first, 400, 0);
        update(first, 500, 1);
        update(second, 500, 2);

        assertThat(slow.tickWithinNanos(false)).isZero();
        assertThat(first.closed).isEmpty();
        assertThat(second.closed).isEmpty();
    }

    @Test
    void closesTheOneThatHasBeenSlowLongestWhenItIsTooMuch() {
        update(first, 400, 0);
        update(first, 500, 1);
        update(second, 400, 2);
        update(second, 501, 3);

        assertThat(first.closed).contains("too much waits");
        assertThat(second.closed).isEmpty();
    }

    @Test
    void doesNotCloseOneThatIsJustBeingSentOneLongAnswer() {
        update(first, 5_000, 0);
        update(first, 4_000, 1);

        assertThat(first.closed).isEmpty();
    }

    @Test
    void closesThoseThatReadNothingForLongWhileTheQueueIsFull() {
        update(first, 10, 0);
        update(second, 10, 0);
        assertThat(slow.tickWithinNanos(true)).isEqualTo(SlowPeers.PATIENCE_NANOS);
        second.waiting = 9;

        slow.onTick(true, SlowPeers.PATIENCE_NANOS);

        assertThat(first.closed).contains("keeps others from being served");
        assertThat(second.closed).isEmpty();
    }

    @Test
    void closesNobodyForPatienceWhenNobodyIsHarmed() {
        update(first, 10, 0);

        slow.onTick(false, 2 * SlowPeers.PATIENCE_NANOS);

        assertThat(first.closed).isEmpty();
    }

    @Test
    void recoversOneThatHasReadForAWhile() {
        update(first, 10, 0);
        slow.eases(first, 100);
        assertThat(slow.isEasing(first)).isTrue();
        assertThat(slow.tickWithinNanos(false)).isEqualTo(SlowPeers.EASING_NANOS);

        slow.onTick(false, 99 + SlowPeers.EASING_NANOS);
        assertThat(first.recovered).isZero();
        slow.onTick(false, 100 + SlowPeers.EASING_NANOS);

        assertThat(first.recovered).isEqualTo(1);
        assertThat(slow.isEasing(first)).isFalse();
        assertThat(slow.tickWithinNanos(false)).isZero();
    }

    @Test
    void beginsAnewWithOneThatIsSlowAgain() {
        update(first, 10, 0);
        slow.eases(first, 0);
        update(first, 10, 1);

        slow.onTick(false, 2 * SlowPeers.EASING_NANOS);

        assertThat(slow.isEasing(first)).isFalse();
        assertThat(first.recovered).isZero();
    }

    @Test
    void forgetsOneThatHasGone() {
        update(first, 400, 0);
        update(first, 900, 0);
        update(second, 50, 0);
        slow.eases(second, 0);

        slow.remove(first);
        slow.remove(second);
        update(second, 1_000, 1);

        assertThat(slow.isEasing(second)).isFalse();
        assertThat(first.closed).isEmpty();
        assertThat(second.closed).isEmpty();
    }

    private void update(FakePeer peer, long octets, long nowNanos) {
        peer.waiting = octets;
        slow.update(peer, octets, nowNanos);
    }

    private static final class FakePeer implements SlowPeers.SlowPeer {
        private long waiting;
        private int recovered;
        private String closed = "";

        @Override
        public long waitingOctets() {
            return waiting;
        }

        @Override
        public void closeAsSlow(String reason) {
            closed = reason;
        }

        @Override
        public void recovered() {
            recovered++;
        }
    }
}
