package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many clients for whom a little waits each: who is closed, and when. */
class UnreadAnswersTest {
    private static final long MAX = 1_000;
    private static final long LATER = UnreadAnswers.PATIENCE_NANOS;

    private final UnreadAnswers unread = new UnreadAnswers(MAX);
    private final List<FakeClient> clients = new ArrayList<>();

    @Test
    void leavesThoseInPeaceForWhomNoMoreWaitsThanMay() {
        clients(15, 100, 0);

        assertThat(unread.isTooMuch()).isFalse();
    }

    @Test
    void closesAsManyAsItTakesOfThoseThatTookNothing() {
        clients(20, 100, 0);

        closeUntilItFits(LATER);

        assertThat(closed()).isEqualTo(5);
        assertThat(unread.octets()).isEqualTo(1_500);
    }

    @Test
    void closesTheLargestFirst() {
        clients(15, 100, 0);
        FakeClient large = client(300, 0);

        closeUntilItFits(LATER);

        assertThat(large.closed).contains("too much waits for all");
        assertThat(closed()).isOne();
    }

    @Test
    void doesNotCloseThoseThatTakeSomething() {
        clients(20, 100, LATER);

        closeUntilItFits(LATER);

        assertThat(closed()).isZero();
    }

    @Test
    void closesThoseThatTakeSomethingTooWhenItIsMuchTooMuch() {
        clients(21, 100, LATER);

        closeUntilItFits(LATER);

        assertThat(unread.octets()).isEqualTo(2_000);
    }

    @Test
    void looksHowMuchStillWaitsBeforeItClosesAnybody() {
        clients(20, 100, 0);
        clients.forEach(client -> client.waiting = 10);

        closeUntilItFits(LATER);

        assertThat(closed()).isZero();
        assertThat(unread.octets()).isEqualTo(200);
    }

    @Test
    void closesNobodyForOneAnswerThatIsLongerThanTheBound() {
        client(5_000, 0);
        client(100, 0);

        closeUntilItFits(LATER);

        assertThat(closed()).isZero();
    }

    @Test
    void closesOneOfTwoWithSuchAnAnswer() {
        client(5_000, 0);
        FakeClient reads = client(5_000, LATER);

        closeUntilItFits(LATER);

        assertThat(closed()).isOne();
        assertThat(reads.closed).isEmpty();
    }

    @Test
    void looksAgainOnlyWhenAnotherPortionWaits() {
        clients(16, 100, LATER);
        closeUntilItFits(LATER);
        assertThat(unread.isTooMuch()).isFalse();

        unread.add(MAX / 16 + 1);
        assertThat(unread.isTooMuch()).isTrue();
    }

    @Test
    void looksFromTheBoundOnAgainWhenLessHasWaitedMeanwhile() {
        client(5_000, 0);
        closeUntilItFits(LATER);

        unread.add(-5_000);
        unread.add(1_501);

        assertThat(unread.isTooMuch()).isTrue();
    }

    private void closeUntilItFits(long nowNanos) {
        assertThat(unread.isTooMuch()).isTrue();
        unread.closeUntilItFits(clients, nowNanos);
    }

    private long closed() {
        return clients.stream().filter(client -> !client.closed.isEmpty()).count();
    }

    private void clients(int count, long octets, long tookNanos) {
        for (int i = 0; i < count; i++) {
            client(octets, tookNanos);
        }
    }

    private FakeClient client(long octets, long tookNanos) {
        FakeClient client = new FakeClient(octets, tookNanos);
        client.count(tookNanos);
        clients.add(client);
        return client;
    }

    private final class FakeClient implements UnreadAnswers.Receiver {
        private final long tookNanos;
        private long waiting;
        private long counted;
        private String closed = "";

        FakeClient(long waiting, long tookNanos) {
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
