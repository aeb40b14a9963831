package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnknownAnswersTest {

    private static final int MAX = UnknownAnswers.MAX_PER_SECOND;

    private long nowNanos = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(500); // the clock may begin anywhere
    private final AddressUse address = new AddressUse(null);
    private final UnknownAnswers answers = new UnknownAnswers(address, nowNanos);

    @Test
    void soManyMayComeAtOnceAndNotOneMore() {
        assertThat(tooManyOf(MAX - 1)).isZero();
        assertThat(tooManyOf(1)).isZero();
        assertThat(tooManyOf(1)).isOne();
    }

    @Test
    void asManyMayComeInEachSecondForEver() {
        tooManyOf(MAX);

        for (int second = 0; second < 10; second++) {
            nowNanos += TimeUnit.SECONDS.toNanos(1);
            assertThat(tooManyOf(MAX)).isZero();
        }

        assertThat(tooManyOf(1)).isOne();
    }

    @Test
    void aLongRestGivesNoMoreThanOneBurst() {
        tooManyOf(MAX);
        nowNanos += TimeUnit.HOURS.toNanos(1);

        assertThat(tooManyOf(MAX)).isZero();
        assertThat(tooManyOf(1)).isOne();
    }

    @Test
    void hangingUpAndComingAgainGainsNothing() {
        tooManyOf(UnknownAnswers.MAX_OF_NEWCOMERS / 10);
        for (int again = 1; again < 10; again++) {
            assertThat(tooManyOf(new UnknownAnswers(address, nowNanos), MAX)).isZero();
        }

        assertThat(tooManyOf(new UnknownAnswers(address, nowNanos), 1)).isOne();
        nowNanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(tooManyOf(new UnknownAnswers(address, nowNanos), MAX)).isZero();
        assertThat(tooManyOf(new UnknownAnswers(address, nowNanos), 1)).isOne();
    }

    @Test
    void whoHasBeenHereForASecondIsNotClosedForNewcomers() {
        nowNanos += UnknownAnswers.NEW_NANOS - 1;
        for (int newcomer = 0; newcomer < 10; newcomer++) {
            tooManyOf(new UnknownAnswers(address, nowNanos), MAX);
        }

        assertThat(tooManyOf(1)).isOne();
        nowNanos++;
        assertThat(tooManyOf(MAX / 2)).isZero();
    }

    @Test
    void otherAddressesHaveTheirOwn() {
        for (int newcomer = 0; newcomer < 20; newcomer++) {
            tooManyOf(new UnknownAnswers(address, nowNanos), MAX);
        }

        assertThat(tooManyOf(new UnknownAnswers(new AddressUse(null), nowNanos), MAX))
                .isZero();
    }

    private int tooManyOf(int count) {
        return tooManyOf(answers, count);
    }

    private int tooManyOf(UnknownAnswers answers, int count) {
        int tooMany = 0;
        for (int i = 0; i < count; i++) {
            tooMany += answers.isOneTooMany(nowNanos) ? 1 : 0;
        }
        return tooMany;
    }
}
