package io.zmtpbroker.broker.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordHashTest {

    /** Made with hashlib.pbkdf2_hmac of Python, and written as passlib does. */
    @ParameterizedTest
    @CsvSource({
        "secret, 6umsHhz0yhb.YIJ/FUgCrsOB.tK.gGdB.tvI2KPIHns",
        "pässwört €, OwTjGnX.hhglZ2YwODhfOjP5/tzI4fOmKhNRO.CrdJU"
    })
    void isWhatOthersMakeOfAPassword(String password, String hash) {
        String text = "$pbkdf2-sha256$10000$MDEyMzQ1Njc4OWFiY2RlZg$" + hash;

        PasswordHash read = PasswordHash.parse(text);

        assertThat(read.matches(octets(password))).isTrue();
        assertThat(read.matches(octets(password + "x"))).isFalse();
        assertThat(read).hasToString(text);
    }

    @Test
    void isSaltedAndReadAsItIsWritten() {
        PasswordHash one = PasswordHash.of(octets("secret"), 10_000, new SecureRandom());
        PasswordHash other = PasswordHash.of(octets("secret"), 10_000, new SecureRandom());

        assertThat(one.toString()).isNotEqualTo(other.toString());
        assertThat(PasswordHash.parse(one.toString()).matches(octets("secret"))).isTrue();
    }

    @Test
    void matchesNothingThatIsNoPassword() {
        PasswordHash hash = PasswordHash.of(octets("secret"), 10_000, new SecureRandom());

        assertThat(hash.matches(new byte[0])).isFalse();
        assertThat(hash.matches(new byte[] {(byte) 0xff})).isFalse();
        assertThat(hash.matches(new byte[255])).isFalse();
        assertThat(PasswordHash.ofNobody(10_000, new SecureRandom()).matches(octets("secret")))
                .isFalse();
    }

    /** HMAC fills its key up with NULs: these would be the same password to it. */
    @Test
    void comparesOctetForOctet() {
        PasswordHash secret = PasswordHash.of(octets("secret"), 10_000, new SecureRandom());
        PasswordHash empty = PasswordHash.of(octets(""), 10_000, new SecureRandom());

        assertThat(secret.matches(octets("secret\0"))).isFalse();
        assertThat(secret.matches(octets("secret\0\0"))).isFalse();
        assertThat(empty.matches(octets("\0"))).isFalse();
        assertThat(empty.matches(new byte[] {(byte) 0xff})).isFalse();
        assertThat(empty.matches(octets(""))).isTrue();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
