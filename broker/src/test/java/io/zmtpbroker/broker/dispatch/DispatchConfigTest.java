package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatchConfigTest {

    @Test
    void takesTheWidestLimits() {
        DispatchConfig config = new DispatchConfig(
                Integer.MAX_VALUE,
                DispatchConfig.MAX_NANOS,
                DispatchConfig.MAX_NANOS,
                DispatchConfig.MAX_NANOS,
                Long.MAX_VALUE);

        assertThat(config.attemptTimeoutNanos()).isPositive();
    }

    @Test
    void waitsForAServiceWithoutLimitIfNoneIsGiven() {
        DispatchConfig config = new DispatchConfig(1, 2, 3, 4);

        assertThat(config).isEqualTo(new DispatchConfig(1, 2, 3, 0, 4));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, 0, 1, maxAttempts",
        "0, -1, 0, 0, 1, attemptTimeoutNanos",
        "0, 2305843009213693952, 0, 0, 1, attemptTimeoutNanos",
        "0, 0, -1, 0, 1, workerGraceNanos",
        "0, 0, 2305843009213693952, 0, 1, workerGraceNanos",
        "0, 0, 0, -1, 1, serviceWaitNanos",
        "0, 0, 0, 2305843009213693952, 1, serviceWaitNanos",
        "0, 0, 0, 0, 0, maxQueuedOctets",
    })
    void refusesWhatMakesNoSense(int attempts, long timeout, long grace, long wait, long octets, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DispatchConfig(attempts, timeout, grace, wait, octets))
                .withMessageContaining(named);
    }
}
