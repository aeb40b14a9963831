package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnknownAnswersTest {

    private static final int MAX = UnknownAnswers.MAX_PER_SECOND;

    private long nowNanos = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(500); // the clock may begin anywhere
    private final UnknownAnswers answers = new UnknownAnswers();

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

    private int tooManyOf(int count) {
        int tooMany = 0;
        for (int i = 0; i < count; i++) {
            tooMany += answers.isOneTooMany(nowNanos) ? 1 : 0;
        }
        return tooMany;
    }
}
