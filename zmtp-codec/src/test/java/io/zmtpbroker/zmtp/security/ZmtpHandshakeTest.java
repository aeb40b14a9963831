package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.COMMAND_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_METADATA;
import static io.zmtpbroker.zmtp.ZmtpViolation.MESSAGE_BEFORE_READY;
import static io.zmtpbroker.zmtp.ZmtpViolation.PEER_ERROR;
import static io.zmtpbroker.zmtp.ZmtpViolation.RESERVED_FLAGS;
import static io.zmtpbroker.zmtp.ZmtpViolation.SOCKET_TYPE;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNEXPECTED_COMMAND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LeakCheck.class)
class ZmtpHandshakeTest {
    private static final String GREETING = "ff 00*7 01 7f 03 01 4e 55 4c 4c 00*16 00 00*31 ";
    private static final String SOCKET_TYPE_NAME = " 0b 53 6f 63 6b 65 74 2d 54 79 70 65 ";
    private static final String READY_DEALER = "04 29 05 52 45 41 44 59" + SOCKET_TYPE_NAME
            + "00 00 00 06 44 45 41 4c 45 52 08 49 64 65 6e 74 69 74 79 00*4 ";
    private static final String READY_PUSH = "04 1a 05 52 45 41 44 59" + SOCKET_TYPE_NAME + "00 00 00 04 50 55 53 48 ";
    private static final String READY_PULL = "04 1a 05 52 45 41 44 59" + SOCKET_TYPE_NAME + "00 00 00 04 50 55 4c 4c ";
    private static final String READY_REQ_NO_IDENTITY =
            "04 19 05 52 45 41 44 59" + SOCKET_TYPE_NAME + "00 00 00 03 52 45 51 ";
    private static final String READY_ROUTER = "04 29 05 52 45 41 44 59" + SOCKET_TYPE_NAME
            + "00 00 00 06 52 4f 55 54 45 52 08 49 64 65 6e 74 69 74 79 00*4 ";
    private static final String ERROR_SOCKET_TYPE = "04 1a 05 45 52 52 4f 52 13 " + Hex.ofText("Invalid socket type");

    private final RecordingShell shell = new RecordingShell();

    @Test
    void acceptsAPeerAfterHearingWhatItIs() {
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.fixed(SocketType.ROUTER));

        handshake.start();
        assertThat(shell.sent()).isEqualTo(hex("ff 00*7 01 7f"));
        handshake.advance(octets(GREETING));
        assertThat(shell.sent()).isEqualTo(hex("03 01 4e 55 4c 4c 00*16 00 00*31"));
        ByteBuf in = octets(READY_DEALER + "01 00 00 00");
        handshake.advance(in);

        assertThat(shell.sent()).isEqualTo(hex(READY_ROUTER));
        ZmtpPeer peer = handshake.peer().orElseThrow();
        assertThat(peer.type()).isEqualTo(SocketType.DEALER);
        assertThat(peer.localType()).isEqualTo(SocketType.ROUTER);
        assertThat(peer.minorVersion()).isEqualTo(1);
        assertThat(Hex.of(in)).isEqualTo("01000000");
    }

    @Test
    void speaksFirstWhenItConnects() {
        ZmtpHandshake handshake = connecting(SocketType.PUSH);

        handshake.start();
        handshake.advance(octets(GREETING));
        assertThat(shell.sent()).isEqualTo(hex(GREETING + READY_PUSH));
        assertThat(handshake.peer()).isEmpty();
        handshake.advance(octets(READY_PULL));

        assertThat(shell.sent()).isEmpty();
        assertThat(handshake.peer().orElseThrow().type()).isEqualTo(SocketType.PULL);
    }

    @Test
    void choosesItsTypeByThePeers() {
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.byPeer(
                peer -> Optional.of(peer == SocketType.PUSH ? SocketType.PULL : SocketType.ROUTER)));

        handshake.advance(octets(GREETING + READY_PUSH));

        assertThat(shell.sent()).endsWith(hex(READY_PULL));
        assertThat(handshake.peer().orElseThrow().localType()).isEqualTo(SocketType.PULL);
    }

    @Test
    void knowsAPeerOfVersion30() {
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.fixed(SocketType.ROUTER));

        handshake.advance(octets("ff 00*7 01 7f 03 00 4e 55 4c 4c 00*48 " + READY_DEALER));

        assertThat(handshake.peer().orElseThrow().minorVersion()).isZero();
    }

    @Test
    void acceptsAPeerThatDoesNotSayWhatItIsWhereItCanBeButOne() {
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.fixed(SocketType.PULL));

        handshake.advance(octets(GREETING + "04 06 05 52 45 41 44 59"));

        assertThat(handshake.peer().orElseThrow().type()).isEqualTo(SocketType.PUSH);
    }

    @Test
    void leavesACommandThatIsNotAllThere() {
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.fixed(SocketType.ROUTER));
        handshake.advance(octets(GREETING));
        byte[] ready = Hex.octets(READY_DEALER);

        for (int length = 0; length < ready.length; length++) {
            ByteBuf in = Unpooled.wrappedBuffer(ready, 0, length);
            handshake.advance(in);
            assertThat(in.readableBytes()).isEqualTo(length);
        }
        assertThat(handshake.peer()).isEmpty();
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of("message", "00 00", MESSAGE_BEFORE_READY),
                Arguments.of(
                        "READY without the COMMAND flag", READY_DEALER.replaceFirst("04", "00"), MESSAGE_BEFORE_READY),
                Arguments.of("READY with MORE", READY_DEALER.replaceFirst("04", "05"), MALFORMED_COMMAND),
                Arguments.of("reserved flag", READY_DEALER.replaceFirst("04", "0c"), RESERVED_FLAGS),
                Arguments.of("empty command", "04 00", MALFORMED_COMMAND),
                Arguments.of("name past the end", "04 03 05 52 45", MALFORMED_COMMAND),
                Arguments.of("PING", "04 07 04 50 49 4e 47 00 00", UNEXPECTED_COMMAND),
                Arguments.of("HELLO", "04 06 05 48 45 4c 4c 4f", UNEXPECTED_COMMAND),
                Arguments.of("ready in lower case", "04 06 05 72 65 61 64 79", UNEXPECTED_COMMAND),
                Arguments.of("over 64 KiB", "06 00*5 01 00 01", COMMAND_TOO_LONG),
                Arguments.of("1 GiB", "06 00*4 40 00*3", COMMAND_TOO_LONG),
                Arguments.of(
                        "trailing octet",
                        "04 2a 05 52 45 41 44 59" + READY_DEALER.substring(23) + "00",
                        MALFORMED_METADATA),
                Arguments.of("empty property name", "04 0b 05 52 45 41 44 59 00 00*4", MALFORMED_METADATA),
                Arguments.of("property past the end", "04 0c 05 52 45 41 44 59 01 41 00 00 00 01", MALFORMED_METADATA),
                Arguments.of("ERROR cut short", "04 08 05 45 52 52 4f 52 03 34", MALFORMED_COMMAND));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesAndSaysNothing(String what, String octets, ZmtpViolation violation) {
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.fixed(SocketType.ROUTER));
        handshake.advance(octets(GREETING));
        shell.sent();

        assertThat(violationOf(handshake, octets)).isEqualTo(violation);
        assertThat(shell.sent()).isEmpty();
    }

    static List<Arguments> wrongTypes() {
        return List.of(
                Arguments.of("none", "04 06 05 52 45 41 44 59"),
                Arguments.of("not for us", READY_PUSH),
                Arguments.of("unknown", "04 17 05 52 45 41 44 59" + SOCKET_TYPE_NAME + "00 00 00 01 58"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTypes")
    void tellsAPeerThatItsSocketTypeIsWrong(String what, String ready) {
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.fixed(SocketType.ROUTER));
        handshake.advance(octets(GREETING));
        shell.sent();

        assertThat(violationOf(handshake, ready)).isEqualTo(SOCKET_TYPE);
        assertThat(shell.sent()).isEqualTo(hex(ERROR_SOCKET_TYPE));
    }

    @Test
    void sendsNoErrorBehindItsReady() {
        ZmtpHandshake handshake = connecting(SocketType.PUSH);
        handshake.advance(octets(GREETING));
        shell.sent();

        assertThat(violationOf(handshake, READY_REQ_NO_IDENTITY)).isEqualTo(SOCKET_TYPE);
        assertThat(shell.sent()).isEmpty();
    }

    @Test
    void endsWithThePeersError() {
        ZmtpHandshake handshake = connecting(SocketType.PUSH);
        handshake.advance(octets(GREETING));

        assertThatThrownBy(() -> handshake.advance(octets(ERROR_SOCKET_TYPE)))
                .isInstanceOfSatisfying(ZmtpProtocolException.class, thrown -> assertThat(thrown.violation())
                        .isEqualTo(PEER_ERROR))
                .hasMessageContaining("Invalid socket type");
    }

    @Test
    void waitsForAnAnswerFromElsewhere() {
        Asking mechanism = new Asking();
        ZmtpHandshake handshake = new ZmtpHandshake(
                end(ZmtpRole.ACCEPTING, SocketType.PULL), ZmtpLimits.DEFAULT, end -> mechanism, shell);
        handshake.advance(octets(GREETING.replace("4e 55 4c 4c 00*16", "41 53 4b 00*17")));
        ByteBuf in = octets("04 02 01 41 04 02 01 42");

        handshake.advance(in);
        assertThat(in.readableBytes()).isEqualTo(4);
        assertThat(shell.steps).isEmpty();
        mechanism.answer.complete("yes");
        shell.steps.remove().run();
        handshake.advance(in);

        assertThat(mechanism.seen).hasToString("A yes B ");
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void keepsNoMoreThanACommandWhileItWaits() {
        ZmtpLimits limits = ZmtpLimits.DEFAULT.withMaxHandshakeCommandLength(100);
        ZmtpHandshake handshake =
                new ZmtpHandshake(end(ZmtpRole.ACCEPTING, SocketType.PULL), limits, end -> new Asking(), shell);
        handshake.advance(octets(GREETING.replace("4e 55 4c 4c 00*16", "41 53 4b 00*17") + "04 02 01 41"));

        handshake.advance(octets("00*109"));
        assertThat(violationOf(handshake, "00*110")).isEqualTo(UNEXPECTED_COMMAND);
    }

    private ZmtpHandshake accepting(ZmtpSocketPolicy sockets) {
        ZmtpLocalEnd local = new ZmtpLocalEnd(ZmtpRole.ACCEPTING, sockets, RoutingId.EMPTY, Metadata.EMPTY);
        return new ZmtpHandshake(local, ZmtpLimits.DEFAULT, NullMechanism::new, shell);
    }

    private ZmtpHandshake connecting(SocketType type) {
        return new ZmtpHandshake(end(ZmtpRole.CONNECTING, type), ZmtpLimits.DEFAULT, NullMechanism::new, shell);
    }

    private static ZmtpLocalEnd end(ZmtpRole role, SocketType type) {
        return new ZmtpLocalEnd(role, ZmtpSocketPolicy.fixed(type), RoutingId.EMPTY, Metadata.EMPTY);
    }

    private static ZmtpViolation violationOf(ZmtpHandshake handshake, String octets) {
        return catchThrowableOfType(ZmtpProtocolException.class, () -> handshake.advance(octets(octets)))
                .violation();
    }

    private static ByteBuf octets(String text) {
        return Unpooled.wrappedBuffer(Hex.octets(text));
    }

    private static String hex(String text) {
        return Hex.of(Hex.octets(text));
    }

    /** Asks somebody on its first command. */
    private static final class Asking implements ZmtpMechanism {
        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private final StringBuilder seen = new StringBuilder();

        @Override
        public String name() {
            return "ASK";
        }

        @Override
        public boolean asServer() {
            return true;
        }

        @Override
        public void onGreeting(int peerMinorVersion, ZmtpMechanismPort port) {}

        @Override
        public void onCommand(ByteBuf body, ZmtpMechanismPort port) {
            boolean first = seen.isEmpty();
            seen.append((char) body.getByte(1)).append(' ');
            if (first) {
                port.await(answer, (value, failure) -> seen.append(value).append(' '));
            }
        }
    }
}
