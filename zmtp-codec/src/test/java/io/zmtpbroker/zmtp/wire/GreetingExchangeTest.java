package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.MECHANISM_MISMATCH;
import static io.zmtpbroker.zmtp.ZmtpViolation.NOT_ZMTP;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNSUPPORTED_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.testing.Fragmenter;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingExchangeTest {
    private static final String SIGNATURE = "ff 00*7 01 7f";
    private static final String REST = "01 4e 55 4c 4c 00*16 00 00*31";
    private static final String GREETING = SIGNATURE + "03" + REST;

    private final ByteBuf out = Unpooled.buffer();
    private final GreetingExchange exchange = new GreetingExchange(Greeting.ours("NULL", false), 0, false);

    /** As captured from libzmq 4.3.4, a REQ with the identity "alice" fed octet by octet. */
    @Test
    void writesEachStageWhenItIsDue() {
        GreetingExchange alice = new GreetingExchange(Greeting.ours("NULL", false), 5, false);
        byte[] peer = Hex.octets(GREETING);

        alice.start(out);
        assertThat(written()).isEqualTo(hex("ff 00*7 06 7f"));
        for (int index = 0; index < peer.length; index++) {
            assertThat(alice.isComplete()).isFalse();
            alice.advance(Unpooled.wrappedBuffer(peer, index, 1), out);
            assertThat(written()).isEqualTo(hex(index == 9 ? "03" : index == 10 ? REST : ""));
        }
        assertThat(alice.isComplete()).isTrue();
    }

    @Test
    void takesAWholeGreetingAndNoMore() {
        ByteBuf in = Unpooled.wrappedBuffer(Hex.octets(GREETING + " 04 29"));

        exchange.start(out);
        exchange.advance(in, out);

        assertThat(exchange.isComplete()).isTrue();
        assertThat(written()).isEqualTo(hex(GREETING));
        assertThat(Hex.of(in)).isEqualTo("0429");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void writesTheSameHoweverThePeersIsCut(long seed) {
        exchange.start(out);

        for (byte[] piece : Fragmenter.random(Hex.octets(GREETING), new SplittableRandom(seed), 30)) {
            exchange.advance(Unpooled.wrappedBuffer(piece), out);
        }

        assertThat(exchange.isComplete()).isTrue();
        assertThat(written()).isEqualTo(hex(GREETING));
    }

    static List<Arguments> accepted() {
        return List.of(
                Arguments.of("3.1", GREETING, 1),
                Arguments.of("3.0", "ff 00*7 01 7f 03 00 4e 55 4c 4c 00*48", 0),
                Arguments.of("3.9", "ff 00*7 01 7f 03 09 4e 55 4c 4c 00*48", 1),
                Arguments.of("4.0", "ff 00*7 01 7f 04 00 4e 55 4c 4c 00*48", 1),
                Arguments.of("255.0", "ff 00*7 01 7f ff 00 4e 55 4c 4c 00*48", 1),
                Arguments.of("odd padding", "ff 00 de ad be ef 00*2 06 7f 03 01 4e 55 4c 4c 00*48", 1),
                Arguments.of("01 as tenth octet", "ff 00*7 01 01 03 01 4e 55 4c 4c 00*48", 1),
                Arguments.of("as-server and junk behind", "ff 00*7 01 7f 03 01 4e 55 4c 4c 00*16 01 55*31", 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void accepts(String what, String greeting, int minorVersion) {
        exchange.advance(Unpooled.wrappedBuffer(Hex.octets(greeting)), out);

        assertThat(exchange.isComplete()).isTrue();
        assertThat(exchange.peerMinorVersion()).isEqualTo(minorVersion);
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of("HTTP", Hex.ofText("GET / HTTP/1.1\r\n"), NOT_ZMTP, SIGNATURE),
                Arguments.of("TLS client hello", "16 03 01 02 00 01 00 01 fc 03 03", NOT_ZMTP, SIGNATURE),
                Arguments.of("1.0 anonymous", "01 00 04 00 78 79 7a", NOT_ZMTP, SIGNATURE),
                Arguments.of("1.0 long identity", "ff 00*6 01 2c 00 61*10", NOT_ZMTP, SIGNATURE),
                Arguments.of("2.0", "ff 00*8 7f 01 03 00 00", UNSUPPORTED_VERSION, SIGNATURE + "03"),
                Arguments.of("2.0 revision 0", "ff 00*8 7f 00", UNSUPPORTED_VERSION, SIGNATURE + "03"),
                Arguments.of("octet 10 is 2", "ff 00*8 7f 02 00", UNSUPPORTED_VERSION, SIGNATURE + "03"),
                Arguments.of("PLAIN", "ff 00*8 7f 03 01 50 4c 41 49 4e 00*15 00*32", MECHANISM_MISMATCH, GREETING),
                Arguments.of(
                        "longer name", "ff 00*8 7f 03 01 4e 55 4c 4c 58 00*15 00*32", MECHANISM_MISMATCH, GREETING),
                Arguments.of(
                        "junk in the name",
                        "ff 00*8 7f 03 01 4e 55 4c 4c 00*15 01 00*32",
                        MECHANISM_MISMATCH,
                        GREETING),
                Arguments.of("lower case", "ff 00*8 7f 03 01 6e 75 6c 6c 00*16 00*32", MECHANISM_MISMATCH, GREETING));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesAndHasWrittenWhatWasDue(String what, String greeting, ZmtpViolation violation, String due) {
        exchange.start(out);

        ZmtpProtocolException thrown = catchThrowableOfType(
                ZmtpProtocolException.class, () -> exchange.advance(Unpooled.wrappedBuffer(Hex.octets(greeting)), out));

        assertThat(thrown.violation()).isEqualTo(violation);
        assertThat(thrown.getMessage()).matches("[\\x20-\\x7e]+");
        assertThat(written()).isEqualTo(hex(due));
    }

    @Test
    void namesTheServerOfAMechanism() {
        new Greeting(0, "CURVE", true).writeRest(out);

        assertThat(written()).isEqualTo(hex("00 43 55 52 56 45 00*15 01 00*31"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "NULL ", "AAAAAAAAAAAAAAAAAAAAA"})
    void hasNoOtherMechanismNames(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Greeting.ours(name, false));
    }

    private String written() {
        String hex = Hex.of(out);
        out.clear();
        return hex;
    }

    private static String hex(String text) {
        return Hex.of(Hex.octets(text));
    }
}
