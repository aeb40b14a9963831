package io.zmtpbroker.zmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZmtpHeartbeatTest {

    /** libzmq multiplies by 100 in 16 bits: of 656 tenths it makes 64 ms. */
    @ParameterizedTest
    @CsvSource({"65400, 654", "65499, 654", "65500, 655"})
    void announcesATtlThatLibzmqUnderstands(long millis, int tenths) {
        assertThat(heartbeat(1000, 1000, millis).ttlTenths()).isEqualTo(tenths);
    }

    @ParameterizedTest
    @CsvSource({
        "99, 1000, 0",
        "-1, 1000, 0",
        "1000, 99, 0",
        "1000, 0, 0",
        "1000, 1000, 65501",
        "1000, 1000, 65600",
        "1000, 1000, 1000",
        "1000, 1000, -1",
        "0, 1000, 0",
        "0, 0, 1000"
    })
    void refusesTimesThatMakeNoSense(long interval, long timeout, long ttl) {
        assertThatIllegalArgumentException().isThrownBy(() -> heartbeat(interval, timeout, ttl));
    }

    @ParameterizedTest
    @CsvSource({
        "10000, 30000, 500",
        "100, 100, 3",
        "10000, 40000, 600",
        "30000, 100, 600",
        "30001, 100, 0",
        "86400000, 1000, 0"
    })
    void choosesATtlOfTwoIntervalsAndTheTimeoutOrNone(long interval, long timeout, int tenths) {
        ZmtpHeartbeat chosen = ZmtpHeartbeat.every(Duration.ofMillis(interval), Duration.ofMillis(timeout));

        assertThat(chosen.ttlTenths()).isEqualTo(tenths);
        assertThat(chosen.isOn()).isTrue();
    }

    @Test
    void mayBeOff() {
        assertThat(ZmtpHeartbeat.OFF.isOn()).isFalse();
        assertThat(ZmtpHeartbeat.OFF.ttlTenths()).isZero();
    }

    private static ZmtpHeartbeat heartbeat(long interval, long timeout, long ttl) {
        return new ZmtpHeartbeat(
                Duration.ofMillis(interval), Duration.ofMillis(timeout), Duration.ofMillis(ttl), false);
    }
}
