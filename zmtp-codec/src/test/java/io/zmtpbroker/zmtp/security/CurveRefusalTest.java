package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.BAD_BOX;
import static io.zmtpbroker.zmtp.ZmtpViolation.COMMAND_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_METADATA;
import static io.zmtpbroker.zmtp.ZmtpViolation.MESSAGE_BEFORE_READY;
import static io.zmtpbroker.zmtp.ZmtpViolation.NONCE;
import static io.zmtpbroker.zmtp.ZmtpViolation.PEER_ERROR;
import static io.zmtpbroker.zmtp.ZmtpViolation.SOCKET_TYPE;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNEXPECTED_COMMAND;
import static io.zmtpbroker.zmtp.security.Conversation.command;
import static io.zmtpbroker.zmtp.security.Conversation.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.security.nacl.NaclLibrary;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What either end of a CURVE handshake refuses, without a word. */
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource
class CurveRefusalTest {
    /** Makes what the peer says. */
    private static final Nacl NACL = Nacl.bouncyCastle();

    private static final String DEALER = "0b 53 6f 63 6b 65 74 2d 54 79 70 65 00 00 00 06 44 45 41 4c 45 52 "
            + "08 49 64 65 6e 74 69 74 79 00 00 00 00 ";
    private static final String CLIENT_KEY = CurveVectors.CLIENT_KEY;
    private static final String SERVER_KEY = CurveVectors.SERVER_KEY;
    private static final String SHORT_KEY = CurveVectors.CLIENT_SHORT_KEY;
    private static final String OTHER_KEY = Hex.of(NACL.publicKey(Hex.octets("09*32")));

    private final Nacl nacl;

    CurveRefusalTest(NaclLibrary library) {
        nacl = library.nacl();
    }

    static List<Arguments> hellos() {
        return List.of(
                Arguments.of("sound, to show that the others could be", hello("01 00", "00*72", 1, "00*64"), null),
                Arguments.of("INITIATE first", CurveVectors.INITIATE, UNEXPECTED_COMMAND),
                Arguments.of("READY first", CurveVectors.READY, UNEXPECTED_COMMAND),
                Arguments.of("ERROR", command("ERROR", "03 34 30 30"), UNEXPECTED_COMMAND),
                Arguments.of("message first", CurveVectors.CLIENT_MESSAGE, MESSAGE_BEFORE_READY),
                Arguments.of("PLAIN's HELLO", "04 0a 05 48 45 4c 4c 4f 01 61 01 62", MALFORMED_COMMAND),
                Arguments.of("one octet short", shortened(CurveVectors.HELLO, 1), MALFORMED_COMMAND),
                Arguments.of("one octet long", lengthened(CurveVectors.HELLO), MALFORMED_COMMAND),
                Arguments.of("too long for a command", "06 00*5 01 00 01", COMMAND_TOO_LONG),
                Arguments.of("version 2.0", hello("02 00", "00*72", 1, "00*64"), BAD_BOX),
                Arguments.of("version 1.1", hello("01 01", "00*72", 1, "00*64"), BAD_BOX),
                Arguments.of("padding that begins with 1", hello("01 00", "01 00*71", 1, "00*64"), BAD_BOX),
                Arguments.of("padding that ends with 1", hello("01 00", "00*71 01", 1, "00*64"), BAD_BOX),
                Arguments.of("signature that ends with 1", hello("01 00", "00*72", 1, "00*63 01"), BAD_BOX),
                Arguments.of(
                        "C' that everybody knows the secret of",
                        CurveVectors.HELLO.replace(SHORT_KEY, "00*32"),
                        BAD_BOX));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hellos")
    void theServerRefusesAHello(String what, String octets, @Nullable ZmtpViolation violation) {
        try (Conversation server = server()) {
            server.say(CurveVectors.GREETING_OF_CLIENT);
            if (violation == null) {
                assertThat(server.say(octets)).isEqualTo(hex(CurveVectors.WELCOME));
                return;
            }

            assertThat(server.violation(octets)).isEqualTo(violation);
            assertThat(server.shell.sent()).isEmpty();
        }
    }

    static List<Arguments> initiates() {
        return List.of(
                Arguments.of("sound", initiate(2, "02*32", CLIENT_KEY, SHORT_KEY, SERVER_KEY, DEALER), null),
                Arguments.of("HELLO again", CurveVectors.HELLO, UNEXPECTED_COMMAND),
                Arguments.of("message", CurveVectors.CLIENT_MESSAGE, MESSAGE_BEFORE_READY),
                Arguments.of("one octet short", shortened(CurveVectors.INITIATE, 1), BAD_BOX),
                Arguments.of("256 octets", command("INITIATE", "00*247"), MALFORMED_COMMAND),
                Arguments.of("257 octets", command("INITIATE", "00*103 02 00*144"), BAD_BOX),
                Arguments.of("one octet long", lengthened(CurveVectors.INITIATE), BAD_BOX),
                Arguments.of("nonce of HELLO", initiate(1, "02*32", CLIENT_KEY, SHORT_KEY, SERVER_KEY, DEALER), NONCE),
                Arguments.of("nonce 0", initiate(0, "02*32", CLIENT_KEY, SHORT_KEY, SERVER_KEY, DEALER), NONCE),
                Arguments.of(
                        "C that the client has not",
                        initiate(2, "02*32", OTHER_KEY, SHORT_KEY, SERVER_KEY, DEALER),
                        BAD_BOX),
                Arguments.of("C of small order", initiate(2, "02*32", "00*32", SHORT_KEY, SERVER_KEY, DEALER), BAD_BOX),
                Arguments.of(
                        "vouch by another key",
                        initiate(2, "09*32", CLIENT_KEY, SHORT_KEY, SERVER_KEY, DEALER),
                        BAD_BOX),
                Arguments.of(
                        "vouch for another C'",
                        initiate(2, "02*32", CLIENT_KEY, OTHER_KEY, SERVER_KEY, DEALER),
                        BAD_BOX),
                Arguments.of(
                        "vouch for another server",
                        initiate(2, "02*32", CLIENT_KEY, SHORT_KEY, OTHER_KEY, DEALER),
                        BAD_BOX),
                Arguments.of(
                        "properties that do not parse",
                        initiate(2, "02*32", CLIENT_KEY, SHORT_KEY, SERVER_KEY, DEALER + "00"),
                        MALFORMED_METADATA),
                Arguments.of(
                        "routing id that begins with zero",
                        initiate(
                                2,
                                "02*32",
                                CLIENT_KEY,
                                SHORT_KEY,
                                SERVER_KEY,
                                DEALER.replace("00 00 00 00 ", "00*3 01 00")),
                        MALFORMED_METADATA));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("initiates")
    void theServerRefusesAnInitiate(String what, String octets, @Nullable ZmtpViolation violation) {
        try (Conversation server = server()) {
            server.say(CurveVectors.GREETING_OF_CLIENT + CurveVectors.HELLO);
            if (violation == null) {
                assertThat(server.say(octets)).isEqualTo(hex(CurveVectors.READY));
                return;
            }

            assertThat(server.violation(octets)).isEqualTo(violation);
            assertThat(server.shell.sent()).isEmpty();
        }
    }

    @Test
    void theServerTellsAPeerThatItsSocketTypeIsWrongOnceItKnowsTheKey() {
        String push = DEALER.replace("06 44 45 41 4c 45 52", "04 50 55 53 48");
        try (Conversation server = server()) {
            server.say(CurveVectors.GREETING_OF_CLIENT + CurveVectors.HELLO);

            assertThat(server.violation(initiate(2, "02*32", CLIENT_KEY, SHORT_KEY, SERVER_KEY, push)))
                    .isEqualTo(SOCKET_TYPE);
            assertThat(server.shell.sent()).isEqualTo(hex(command("ERROR", "13" + Hex.ofText("Invalid socket type"))));
        }
    }

    @Test
    void aCookieOfAnotherConnectionIsRefused() {
        try (Conversation server = Conversation.accepting(
                ZmtpMechanisms.curveServer(CurveVectors.SERVER, ZmtpAuthenticator.anyCurveKey()))) {
            server.say(CurveVectors.GREETING_OF_CLIENT + CurveVectors.HELLO);

            assertThat(server.violation(CurveVectors.INITIATE)).isEqualTo(BAD_BOX);
        }
    }

    @Test
    void aClientWithAnotherServersKeyGetsNoWelcome() {
        try (Conversation client = Conversation.connecting(ZmtpMechanisms.curveClient(
                        CurveKeyPair.generate(), CurveKeyPair.generate().publicKey()));
                Conversation server = server()) {
            String hello = client.say(CurveVectors.GREETING_OF_SERVER).substring(2 * 54);
            server.say(CurveVectors.GREETING_OF_CLIENT);

            assertThat(server.violation(hello)).isEqualTo(BAD_BOX);
            assertThat(server.shell.sent()).isEmpty();
        }
    }

    static List<Arguments> toTheClient() {
        String w = CurveVectors.WELCOME;
        return List.of(
                Arguments.of("READY first", "", CurveVectors.READY, UNEXPECTED_COMMAND),
                Arguments.of("HELLO", "", CurveVectors.HELLO, UNEXPECTED_COMMAND),
                Arguments.of("WELCOME twice", w, w, UNEXPECTED_COMMAND),
                Arguments.of("WELCOME short", "", shortened(w, 1), MALFORMED_COMMAND),
                Arguments.of("WELCOME long", "", lengthened(w), MALFORMED_COMMAND),
                Arguments.of("message before READY", w, CurveVectors.SERVER_MESSAGE, MESSAGE_BEFORE_READY),
                Arguments.of("READY of 29 octets", w, command("READY", "00*23"), MALFORMED_COMMAND),
                Arguments.of("READY of 30 octets", w, command("READY", "00*24"), BAD_BOX),
                Arguments.of("READY short", w, shortened(CurveVectors.READY, 1), BAD_BOX),
                Arguments.of("READY long", w, lengthened(CurveVectors.READY), BAD_BOX),
                Arguments.of("ERROR", "", command("ERROR", "03 34 30 30"), PEER_ERROR),
                Arguments.of("ERROR for INITIATE", w, command("ERROR", "03 34 30 30"), PEER_ERROR),
                Arguments.of("ERROR cut short", w, command("ERROR", "03 34 30"), MALFORMED_COMMAND));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("toTheClient")
    void theClientRefuses(String what, String before, String octets, ZmtpViolation violation) {
        try (Conversation client = client()) {
            client.say(CurveVectors.GREETING_OF_SERVER + before);

            assertThat(client.violation(octets)).isEqualTo(violation);
            assertThat(client.shell.sent()).isEmpty();
        }
    }

    /** A command of the handshake, and what leads to it. */
    private enum Step {
        HELLO(true, CurveVectors.GREETING_OF_CLIENT, CurveVectors.HELLO),
        INITIATE(true, CurveVectors.GREETING_OF_CLIENT + CurveVectors.HELLO, CurveVectors.INITIATE),
        WELCOME(false, CurveVectors.GREETING_OF_SERVER, CurveVectors.WELCOME),
        READY(false, CurveVectors.GREETING_OF_SERVER + CurveVectors.WELCOME, CurveVectors.READY);

        final boolean toServer;
        final String before;
        final String octets;

        Step(boolean toServer, String before, String octets) {
            this.toServer = toServer;
            this.before = before;
            this.octets = octets;
        }
    }

    /** One bit of each octet, another one in its neighbour; the vectors' tests show that the unchanged ones get through. */
    @ParameterizedTest
    @EnumSource
    void aChangedBitInAnyOctetIsRefusedAndSaysNothing(Step step) {
        byte[] octets = Hex.octets(step.octets);
        for (int index = 0; index < octets.length; index++) {
            byte[] changed = octets.clone();
            changed[index] ^= (byte) (1 << (index % 8));
            try (Conversation end = step.toServer ? server() : client()) {
                end.say(step.before);
                boolean refused = false;
                try {
                    end.say(changed);
                } catch (ZmtpProtocolException e) {
                    refused = true;
                    assertThat(e).message().doesNotContain(Hex.of(changed));
                }
                // A changed length may leave the end waiting for more, until the handshake's time is over.
                assertThat(refused || index < 9)
                        .as("octet %d of %s", index, step)
                        .isTrue();
                assertThat(end.handshake.peer()).isEmpty();
                assertThat(end.shell.sent()).isEmpty();
            }
        }
    }

    @Test
    void aServerKeyThatEverybodyKnowsTheSecretOfIsNoKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZmtpMechanisms.curveClient(CurveKeyPair.generate(), CurvePublicKey.of(new byte[32])));
    }

    private Conversation server() {
        return Conversation.accepting(CurveVectors.server(ZmtpAuthenticator.anyCurveKey(), nacl));
    }

    private Conversation client() {
        return Conversation.connecting(CurveVectors.client(nacl));
    }

    private static String hello(String version, String padding, long counter, String signature) {
        String sealed = seal(SERVER_KEY, "03*32", CurveNonce.of(CurveNonce.HELLO, counter), signature);
        return command("HELLO", version + " " + padding + " " + SHORT_KEY + "%016x".formatted(counter) + sealed);
    }

    /** A whole INITIATE of our own making: who vouches by which secret, and for what. */
    private static String initiate(
            long counter, String vouchSecret, String key, String vouched, String vouchedServer, String properties) {
        byte[] vouchNonce = CurveNonce.of(CurveNonce.VOUCH, Hex.octets("08*16"));
        String vouch = seal(CurveVectors.SERVER_SHORT_KEY, vouchSecret, vouchNonce, vouched + " " + vouchedServer);
        byte[] nonce = CurveNonce.of(CurveNonce.INITIATE, counter);
        String sealed = seal(CurveVectors.SERVER_SHORT_KEY, "03*32", nonce, key + " 08*16 " + vouch + " " + properties);
        return command("INITIATE", CurveVectors.COOKIE + "%016x".formatted(counter) + sealed);
    }

    private static String seal(String publicKey, String secretKey, byte[] nonce, String text) {
        try (NaclBox box =
                NACL.box(Hex.octets(publicKey), Hex.octets(secretKey)).orElseThrow()) {
            return Hex.of(CurveCrypto.seal(box, nonce, Hex.octets(text)));
        }
    }

    private static String shortened(String command, int by) {
        String octets = hex(command);
        boolean isLong = octets.startsWith("06");
        int header = isLong ? 18 : 4;
        return framed(octets.substring(header, octets.length() - 2 * by));
    }

    private static String lengthened(String command) {
        String octets = hex(command);
        return framed(octets.substring(octets.startsWith("06") ? 18 : 4) + "00");
    }

    private static String framed(String body) {
        int length = body.length() / 2;
        return (length < 256 ? "04 %02x" : "06 %016x").formatted(length) + body;
    }
}
