package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Clients that do not read: who is closed, and when. */
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

        assertThat(slow.areHarmful(false)).isFalse();
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
        assertThat(slow.areHarmful(true)).isTrue();
        second.waiting = 9;

        slow.closeImpatiently(SlowPeers.PATIENCE_NANOS);

        assertThat(first.closed).contains("keeps others from being served");
        assertThat(second.closed).isEmpty();
    }

    @Test
    void forgetsOneThatHasGone() {
        update(first, 400, 0);
        update(first, 900, 0);

        slow.remove(first);
        update(second, 1_000, 1);

        assertThat(first.closed).isEmpty();
        assertThat(second.closed).isEmpty();
    }

    private void update(FakePeer peer, long octets, long nowNanos) {
        peer.waiting = octets;
        slow.update(peer, octets, nowNanos);
    }

    private static final class FakePeer implements SlowPeers.SlowPeer {
        private long waiting;
        private String closed = "";

        @Override
        public long waitingOctets() {
            return waiting;
        }

        @Override
        public void closeAsSlow(String reason) {
            closed = reason;
        }
    }
}
