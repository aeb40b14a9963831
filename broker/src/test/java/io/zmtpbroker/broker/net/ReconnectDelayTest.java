package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconnectDelayTest {

    @Test
    void isAHundredMillisecondsAndARandomPartBelowAHundred() {
        ReconnectDelay delay = new ReconnectDelay(new SplittableRandom(1));

        int[] delays = IntStream.range(0, 10_000).map(i -> delay.nextMillis()).toArray();

        assertThat(IntStream.of(delays).min()).hasValue(100);
        assertThat(IntStream.of(delays).max()).hasValue(199);
    }
}
