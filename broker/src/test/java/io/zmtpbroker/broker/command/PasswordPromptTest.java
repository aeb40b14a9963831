package io.zmtpbroker.broker.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for the password that was meant. */
class PasswordPromptTest {

    @Test
    void takesWhatWasTypedWhereItIsCertain() throws Exception {
        PasswordPrompt.checkReadable("h\u00fcnter \u20ac".toCharArray(), UTF_8);
        PasswordPrompt.checkReadable("hunter".toCharArray(), US_ASCII);
        PasswordPrompt.checkReadable("hunter".toCharArray(), ISO_8859_1);
    }

    /** In the locale C Java reads each octet beyond ASCII as the same character; elsewhere the terminal may be another than it says. */
    @Test
    void refusesWhatMayBeSomethingElse() {
        assertThatThrownBy(() -> PasswordPrompt.checkReadable("h\ufffd\ufffdnter".toCharArray(), US_ASCII))
                .hasMessageContaining("US-ASCII")
                .hasMessageContaining("--stdin")
                .hasMessageEndingWith("nothing was changed");
        assertThatThrownBy(() -> PasswordPrompt.checkReadable("h\u00c3\u00bcnter".toCharArray(), ISO_8859_1))
                .hasMessageContaining("ISO-8859-1");
        assertThatThrownBy(() -> PasswordPrompt.checkReadable("h\ufffdnter".toCharArray(), UTF_8))
                .hasMessageContaining("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "secret\n", "secret\r\n", "secret\nmore\n"})
    void readsOneLineAndNothingBehindIt(String text) throws Exception {
        InputStream in = new ByteArrayInputStream(text.getBytes(UTF_8));

        assertThat(PasswordPrompt.readLine(in)).isEqualTo("secret".getBytes(UTF_8));

        assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(text.contains("more") ? "more\n" : "");
    }
}
