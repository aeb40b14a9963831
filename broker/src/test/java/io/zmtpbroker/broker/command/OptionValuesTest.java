package io.zmtpbroker.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OptionValuesTest {

    @ParameterizedTest
    @CsvSource({"2, 2000000000", "0.2, 200000000", "90, 90000000000", "0, 0", "1e-3, 1000000", "0.0000000001, 0"})
    void readsSeconds(String text, long nanos) {
        assertThat(new Seconds().convert(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "NaN", "Infinity", "1,5", "2s", "1e99"})
    void refusesWhatIsNoNumberOfSeconds(String text) {
        assertThatThrownBy(() -> new Seconds().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000, 1000", "64k, 65536", "16M, 16777216", "2g, 2147483648"})
    void readsBytes(String text, long octets) {
        assertThat(new Bytes().convert(text)).isEqualTo(octets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-1", "1.5m", "1t", "999999999999999g", "1234567890123456"})
    void refusesWhatIsNoNumberOfBytes(String text) {
        assertThatThrownBy(() -> new Bytes().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
