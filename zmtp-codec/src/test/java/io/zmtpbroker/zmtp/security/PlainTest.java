package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_METADATA;
import static io.zmtpbroker.zmtp.ZmtpViolation.MESSAGE_BEFORE_READY;
import static io.zmtpbroker.zmtp.ZmtpViolation.PEER_ERROR;
import static io.zmtpbroker.zmtp.ZmtpViolation.SOCKET_TYPE;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNEXPECTED_COMMAND;
import static io.zmtpbroker.zmtp.security.Conversation.command;
import static io.zmtpbroker.zmtp.security.Conversation.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 24/PLAIN in both roles; octets captured from libzmq 4.3.4. */
@ExtendWith(LeakCheck.class)
class PlainTest {
    private static final String GREETING = "ff 00*7 01 7f 03 01 50 4c 41 49 4e 00*15 00 00*31 ";
    private static final String HELLO = "04 13 05 48 45 4c 4c 4f 05 61 64 6d 69 6e 06 73 65 63 72 65 74 ";
    private static final String WELCOME = "04 08 07 57 45 4c 43 4f 4d 45 ";
    private static final String DEALER = properties("DEALER");
    private static final String ROUTER = properties("ROUTER");
    private static final String INITIATE = "04 2c 08 49 4e 49 54 49 41 54 45 " + DEALER;
    private static final String READY = "04 29 05 52 45 41 44 59 " + ROUTER;

    private final List<String> passwords = new ArrayList<>();
    private final List<byte[]> passwordOctets = new ArrayList<>();

    @Test
    void isTheServer() {
        Conversation server = server();

        assertThat(server.say(GREETING)).isEqualTo(hex("03 01 50 4c 41 49 4e 00*15 01 00*31"));
        assertThat(server.say(HELLO)).isEqualTo(hex(WELCOME));
        assertThat(server.say(INITIATE)).isEqualTo(hex(READY));

        assertThat(server.handshake.peer().orElseThrow().user().id()).isEqualTo("admin");
        assertThat(passwords).containsExactly("secret");
        assertThat(passwordOctets).allSatisfy(octets -> assertThat(octets).containsOnly(0));
        assertThat(server.handshake.takeTraffic()).isEmpty();
    }

    @Test
    void isTheClient() {
        Conversation client = client();

        assertThat(client.say(GREETING)).endsWith(hex(HELLO));
        assertThat(client.say(WELCOME)).isEqualTo(hex(INITIATE));
        assertThat(client.handshake.peer()).isEmpty();
        assertThat(client.say(READY)).isEmpty();

        assertThat(client.handshake.peer().orElseThrow().user()).isEqualTo(ZmtpUser.ANONYMOUS);
    }

    @Test
    void doesTheSameOctetByOctet() {
        Conversation server = server();
        StringBuilder sent = new StringBuilder();

        for (byte octet : Hex.octets(GREETING + HELLO + INITIATE)) {
            sent.append(server.say(new byte[] {octet}));
        }

        assertThat(sent).endsWith(hex(WELCOME + READY));
    }

    static List<Arguments> refusedByTheServer() {
        return List.of(
                Arguments.of("INITIATE first", "", INITIATE, UNEXPECTED_COMMAND),
                Arguments.of("READY first", "", READY, UNEXPECTED_COMMAND),
                Arguments.of("ERROR", "", command("ERROR", "03 34 30 30"), UNEXPECTED_COMMAND),
                Arguments.of("message first", "", "00 00", MESSAGE_BEFORE_READY),
                Arguments.of("HELLO twice", HELLO, HELLO, UNEXPECTED_COMMAND),
                Arguments.of("message before READY", HELLO, "00 00", MESSAGE_BEFORE_READY),
                Arguments.of("PING before READY", HELLO, "04 07 04 50 49 4e 47 00 00", UNEXPECTED_COMMAND),
                Arguments.of("no strings", "", command("HELLO", ""), MALFORMED_COMMAND),
                Arguments.of("no password", "", command("HELLO", "01 61"), MALFORMED_COMMAND),
                Arguments.of("user past the end", "", command("HELLO", "02 61"), MALFORMED_COMMAND),
                Arguments.of("password past the end", "", command("HELLO", "01 61 02 62"), MALFORMED_COMMAND),
                Arguments.of("octet behind", "", command("HELLO", "01 61 01 62 00"), MALFORMED_COMMAND),
                Arguments.of("user not UTF-8", "", command("HELLO", "01 ff 01 62"), MALFORMED_COMMAND),
                Arguments.of("properties cut", HELLO, command("INITIATE", "0b 53"), MALFORMED_METADATA));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedByTheServer")
    void theServerRefusesAndSaysNothing(String what, String before, String octets, ZmtpViolation violation) {
        Conversation server = server();
        server.say(GREETING + before);

        assertThat(server.failure(octets))
                .satisfies(e -> assertThat(e.violation()).isEqualTo(violation))
                .message()
                .doesNotContain("secret");
        assertThat(server.shell.sent()).isEmpty();
    }

    static List<Arguments> refusedByTheClient() {
        return List.of(
                Arguments.of("READY first", "", READY, UNEXPECTED_COMMAND),
                Arguments.of("WELCOME twice", WELCOME, WELCOME, UNEXPECTED_COMMAND),
                Arguments.of("WELCOME with data", "", command("WELCOME", "00"), MALFORMED_COMMAND),
                Arguments.of("HELLO", "", HELLO, UNEXPECTED_COMMAND),
                Arguments.of("message before READY", WELCOME, "00 00", MESSAGE_BEFORE_READY),
                Arguments.of("ERROR", "", "04 0a 05 45 52 52 4f 52 03 34 30 30", PEER_ERROR),
                Arguments.of("ERROR as libzmq spells it", "", "04 09 5e 52 52 4f 52 03 34 30 30", PEER_ERROR),
                Arguments.of("the same after WELCOME", WELCOME, "04 09 5e 52 52 4f 52 03 34 30 30", PEER_ERROR),
                Arguments.of("the same cut short", "", "04 08 5e 52 52 4f 52 03 34 30", MALFORMED_COMMAND),
                Arguments.of("type", WELCOME, command("READY", properties("PUSH")), SOCKET_TYPE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedByTheClient")
    void theClientRefusesAndSaysNothing(String what, String before, String octets, ZmtpViolation violation) {
        Conversation client = client();
        client.say(GREETING + before);

        assertThat(client.violation(octets)).isEqualTo(violation);
        assertThat(client.shell.sent()).isEmpty();
    }

    @Test
    void tellsAPeerThatItsSocketTypeIsWrong() {
        Conversation server = server();
        server.say(GREETING + HELLO);

        assertThat(server.violation(command("INITIATE", properties("PUSH")))).isEqualTo(SOCKET_TYPE);
        assertThat(server.shell.sent()).isEqualTo(hex(command("ERROR", "13" + Hex.ofText("Invalid socket type"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 254, 255})
    void takesUsersAndPasswordsOfUpTo255Octets(int length) {
        String text = "x".repeat(length);
        Conversation client = Conversation.connecting(ZmtpMechanisms.plainClient(text, text));
        Conversation server = server();
        String hello = client.say(GREETING).substring(2 * 54);
        server.say(GREETING);

        server.say(hello);

        assertThat(passwords).containsExactly(text);
    }

    @Test
    void refusesLongerOnesAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZmtpMechanisms.plainClient("x".repeat(256), "x"))
                .withMessageContaining("256");
        assertThatIllegalArgumentException().isThrownBy(() -> ZmtpMechanisms.plainClient("x", "\u00e9".repeat(128)));
    }

    private Conversation server() {
        return Conversation.accepting(ZmtpMechanisms.plainServer(request -> {
            assertThat(request.mechanism()).isEqualTo("PLAIN");
            ZmtpCredentials.Plain plain = (ZmtpCredentials.Plain) request.credentials();
            assertThat(plain).hasToString("Plain");
            passwords.add(new String(plain.password(), StandardCharsets.UTF_8));
            passwordOctets.add(plain.password());
            return CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.success(plain.user()));
        }));
    }

    private static Conversation client() {
        return Conversation.connecting(ZmtpMechanisms.plainClient("admin", "secret"));
    }

    private static String properties(String type) {
        return "0b 53 6f 63 6b 65 74 2d 54 79 70 65 00 00 00 %02x %s 08 49 64 65 6e 74 69 74 79 00 00 00 00 "
                .formatted(type.length(), Hex.ofText(type));
    }
}
