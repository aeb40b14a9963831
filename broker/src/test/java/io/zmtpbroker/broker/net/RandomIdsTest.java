package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomIdsTest {

    @Test
    void neverRepeatsItselfOverManyBlocks() {
        RandomIds ids = new RandomIds(new SecureRandom());
        Set<Long> seen = new HashSet<>();

        for (int i = 0; i < 100_000; i++) {
            assertThat(seen.add(ids.next64())).isTrue();
        }
    }

    @Test
    void setsEachBitHalfOfTheTime() {
        RandomIds ids = new RandomIds(new SecureRandom());
        int[] ones = new int[Long.SIZE];
        int draws = 20_000;

        for (int i = 0; i < draws; i++) {
            long id = ids.next64();
            for (int bit = 0; bit < Long.SIZE; bit++) {
                ones[bit] += (int) (id >>> bit & 1);
            }
        }

        // Seven standard deviations: 7 * sqrt(20,000) / 2 is about 495.
        assertThat(IntStream.of(ones)).allMatch(count -> Math.abs(count - draws / 2) < 500);
    }

    @Test
    void differsFromOneBrokerToTheNext() {
        SecureRandom random = new SecureRandom();

        assertThat(new RandomIds(random).next64()).isNotEqualTo(new RandomIds(random).next64());
    }
}
