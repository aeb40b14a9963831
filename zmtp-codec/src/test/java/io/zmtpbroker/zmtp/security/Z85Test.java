package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zmtpbroker.zmtp.testing.Hex;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Z85Test {
    /** The first is the example of 32/Z85, "Test Case". */
    @ParameterizedTest
    @CsvSource({"86 4f d2 6f b5 59 f7 5b, HelloWorld", "'', ''", "00*4, 00000", "ff*4, %nSc0", "00 00 00 01, 00001"})
    void encodesAndDecodes(String octets, String text) {
        assertThat(Z85.encode(Hex.octets(octets))).isEqualTo(text);
        assertThat(Z85.decode(text)).isEqualTo(Hex.octets(octets));
    }

    @Test
    void comesBackForAnyOctets() {
        SplittableRandom random = new SplittableRandom(85);
        for (int length = 0; length < 400; length += 4) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            assertThat(Z85.decode(Z85.encode(octets))).isEqualTo(octets);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "abcd, multiple of 5",
        "abcdef, multiple of 5",
        "ab cd, character 3",
        "'ab\"cd', character 3",
        "\u00e9bcde, character 1",
        "\u4e2dbcde, character 1",
        "%nSc1, too large",
        "#####, too large",
        "00000%nSc1, from 6 on"
    })
    void refuses(String text, String because) {
        assertThatThrownBy(() -> Z85.decode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because)
                .message()
                .doesNotContain(text);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "5", "31"})
    void encodesWholeGroupsOnly(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> Z85.encode(new byte[length]));
    }
}
