package io.zmtpbroker.zmtp.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Z85 and what is written in it. */
class Z85FuzzTest {
    /** Shorter than any secret; a digit or two may well stand in a message. */
    private static final int SECRET_LENGTH = 10;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "",
                        "86 4f d2 6f b5 59 f7 5b", // 32/Z85: "HelloWorld"
                        Hex.ofText("HelloWorld"),
                        Hex.ofText("%nSc0"),
                        Hex.ofText("%nSc1"),
                        CurveVectors.SERVER_KEY,
                        Hex.ofText("Z&gnZ9TwyXcWNsoy>G3AA9#bF2?.S/0BT#1U1!ME"))
                .map(Hex::octets);
    }

    @MethodSource("seeds")
    @FuzzTest
    void translate(byte[] octets) {
        if (octets.length % 4 == 0) {
            assertThat(Z85.decode(Z85.encode(octets))).isEqualTo(octets);
        }
        String text = new String(octets, ISO_8859_1);
        try {
            assertThat(Z85.encode(Z85.decode(text))).isEqualTo(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("[\\x20-\\x7e]+");
        }
        try {
            assertThat(CurvePublicKey.ofZ85(text).toString()).isNotEmpty();
            assertThat(CurveKeyPair.ofZ85(text).toString()).doesNotContain(text);
        } catch (IllegalArgumentException e) {
            assertThat(text.length() < SECRET_LENGTH
                            || !String.valueOf(e.getMessage()).contains(text))
                    .isTrue();
        }
    }
}
