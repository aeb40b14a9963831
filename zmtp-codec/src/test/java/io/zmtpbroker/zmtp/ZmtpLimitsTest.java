package io.zmtpbroker.zmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ZmtpLimitsTest {
    private static final ZmtpLimits DEFAULT = ZmtpLimits.DEFAULT;

    @Test
    void hasTheDocumentedDefaults() {
        assertThat(DEFAULT)
                .isEqualTo(new ZmtpLimits(Long.MAX_VALUE, 67_108_864, 1024, 65_536, 100, Duration.ofSeconds(30)));
    }

    @Test
    void changesOneAtATime() {
        assertThat(DEFAULT.withMaxFrameLength(6)
                        .withMaxMessageLength(1)
                        .withMaxMessageFrames(2)
                        .withMaxHandshakeCommandLength(3)
                        .withMaxIgnoredCommandsPerSecond(5)
                        .withHandshakeTimeout(Duration.ofMillis(4)))
                .isEqualTo(new ZmtpLimits(6, 1, 2, 3, 5, Duration.ofMillis(4)));
    }

    @Test
    void refusesWhatIsNotPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withMaxFrameLength(0));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withMaxMessageLength(0));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withMaxMessageFrames(0));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withMaxHandshakeCommandLength(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withMaxIgnoredCommandsPerSecond(0));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withHandshakeTimeout(Duration.ZERO));
    }

    @Test
    void refusesMessagesThatFitNoBuffer() {
        long longest = Integer.MAX_VALUE - 9L;

        assertThat(DEFAULT.withMaxMessageFrames(1).withMaxMessageLength(longest).maxMessageLength())
                .isEqualTo(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULT.withMaxMessageFrames(1).withMaxMessageLength(longest + 1));
    }
}
