package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_METADATA;
import static io.zmtpbroker.zmtp.ZmtpViolation.NOT_ZMTP;
import static io.zmtpbroker.zmtp.ZmtpViolation.ROUTING_ID_TAKEN;
import static io.zmtpbroker.zmtp.ZmtpViolation.SOCKET_TYPE;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNSUPPORTED_VERSION;
import static io.zmtpbroker.zmtp.security.Conversation.hex;
import static org.assertj.core.api.Assertions.assertThat;
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
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.ZmtpVersion;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.testing.Fragmenter;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 15/ZMTP. The octets are those of libzmq 3.x, and of libzmq 4.3.4 towards a peer of 2.0: {@code ff 00*7 01 7f 03 T 00 00}.
 */
@ExtendWith(LeakCheck.class)
class Zmtp20HandshakeTest {
    private static final String SIGNATURE = "ff 00*7 01 7f ";
    private static final String PUSH = "08 ";
    private static final String PULL = "07 ";
    private static final String REQ = "03 ";
    private static final String DEALER = "05 ";
    private static final String ROUTER = "06 ";
    private static final String ANONYMOUS = "00 00 ";

    private static final ZmtpSocketPolicy BY_PEER =
            ZmtpSocketPolicy.byPeer(peer -> Optional.of(peer == SocketType.PUSH ? SocketType.PULL : SocketType.ROUTER));

    private final RecordingShell shell = new RecordingShell();

    /** As libzmq does towards such a peer. */
    @Test
    void saysWhatItIsWhenThePeersRevisionHasCome() {
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.fixed(SocketType.ROUTER));

        handshake.start();
        assertThat(shell.sent()).isEqualTo(hex(SIGNATURE));
        handshake.advance(octets(SIGNATURE));
        assertThat(shell.sent()).isEqualTo("03");
        handshake.advance(octets("01"));
        assertThat(shell.sent()).isEqualTo(hex(ROUTER + ANONYMOUS));
        handshake.advance(octets(REQ));
        assertThat(handshake.peer()).isEmpty();
        ByteBuf in = octets(ANONYMOUS + "01 00 00 01 61");
        handshake.advance(in);

        assertThat(shell.sent()).isEmpty();
        assertThat(handshake.peer())
                .contains(new ZmtpPeer(
                        ZmtpVersion.V2_0,
                        SocketType.ROUTER,
                        SocketType.REQ,
                        RoutingId.EMPTY,
                        Metadata.EMPTY,
                        ZmtpUser.ANONYMOUS));
        assertThat(Hex.of(in)).isEqualTo("0100000161");
    }

    @Test
    void waitsForThePeersTypeWhereItsOwnDependsOnThat() {
        ZmtpHandshake handshake = accepting(BY_PEER);

        handshake.advance(octets(SIGNATURE + "01"));
        assertThat(shell.sent()).isEqualTo("03");
        handshake.advance(octets(PUSH));
        assertThat(shell.sent()).isEqualTo(hex(PULL + ANONYMOUS));
        handshake.advance(octets(ANONYMOUS));

        assertThat(handshake.peer().orElseThrow().localType()).isEqualTo(SocketType.PULL);
        assertThat(handshake.peer().orElseThrow().minorVersion()).isZero();
    }

    @Test
    void connectsToAPeerOfThatVersion() {
        RoutingId alice = RoutingId.of(Hex.octets("61 6c"));
        ZmtpLocalEnd local =
                new ZmtpLocalEnd(ZmtpRole.CONNECTING, ZmtpSocketPolicy.fixed(SocketType.DEALER), alice, Metadata.EMPTY);
        ZmtpHandshake handshake =
                new ZmtpHandshake(local, ZmtpLimits.DEFAULT, ZmtpMechanisms.anonymousOrZmtp20(), shell);

        handshake.start();
        handshake.advance(octets(SIGNATURE + "01" + ROUTER + "00 02 62 6f"));

        assertThat(shell.sent()).isEqualTo(hex("ff 00*7 03 7f 03 " + DEALER + "00 02 61 6c"));
        assertThat(handshake.peer().orElseThrow().type()).isEqualTo(SocketType.ROUTER);
        assertThat(handshake.peer().orElseThrow().routingId()).hasToString("626f");
    }

    @Test
    void doesTheSameHoweverTheOctetsAreCut() {
        Fragmenter.everyWay(Hex.octets(SIGNATURE + "01" + PUSH + "00 02 61 6c"), pieces -> {
            RecordingShell peer = new RecordingShell();
            ZmtpHandshake handshake = new ZmtpHandshake(
                    end(ZmtpRole.ACCEPTING, BY_PEER), ZmtpLimits.DEFAULT, ZmtpMechanisms.anonymousOrZmtp20(), peer);
            ByteBuf in = Unpooled.buffer();

            for (byte[] piece : pieces) {
                assertThat(handshake.peer()).isEmpty();
                handshake.advance(in.writeBytes(piece));
            }

            assertThat(peer.sent()).isEqualTo(hex("03" + PULL + ANONYMOUS));
            assertThat(handshake.peer().orElseThrow().routingId()).hasToString("616c");
            assertThat(in.isReadable()).isFalse();
        });
    }

    @Test
    void stillTalksToPeersOf3() {
        ZmtpHandshake handshake = accepting(BY_PEER);

        handshake.advance(octets(SIGNATURE + "03 00 4e 55 4c 4c 00*48 "
                + Conversation.command("READY", "0b" + Hex.ofText("Socket-Type") + "00*3 04" + Hex.ofText("PUSH"))));

        assertThat(handshake.peer().orElseThrow().version()).isEqualTo(ZmtpVersion.V3_0);
    }

    @ParameterizedTest
    @EnumSource(SocketType.class)
    void knowsEachSocketTypeByItsNumber(SocketType type) {
        SocketType other = List.of(SocketType.values()).stream()
                .filter(type::accepts)
                .findFirst()
                .orElseThrow();
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.fixed(other));

        handshake.advance(octets(SIGNATURE + "01 %02x ".formatted(numberOf(type)) + ANONYMOUS));

        assertThat(handshake.peer().orElseThrow().type()).isEqualTo(type);
        assertThat(shell.sent()).isEqualTo(hex("03 %02x ".formatted(numberOf(other)) + ANONYMOUS));
    }

    /** The numbers of 15/ZMTP, which are those of zmq.h. */
    private static int numberOf(SocketType type) {
        return switch (type) {
            case PAIR -> 0;
            case PUB -> 1;
            case SUB -> 2;
            case REQ -> 3;
            case REP -> 4;
            case DEALER -> 5;
            case ROUTER -> 6;
            case PULL -> 7;
            case PUSH -> 8;
            case XPUB -> 9;
            case XSUB -> 10;
        };
    }

    static List<Arguments> refused() {
        String said = "03" + PULL + ANONYMOUS;
        return List.of(
                Arguments.of("1.0, anonymous", "01 00 04 00 78 79 7a", NOT_ZMTP, "", "ZMTP 1.0"),
                Arguments.of("1.0, named", "06 00 61 6c 69 63 65", NOT_ZMTP, "", "ZMTP 1.0"),
                Arguments.of("1.0, long name", "ff 00*6 01 2c 00 61*10", NOT_ZMTP, "", "ZMTP 1.0"),
                Arguments.of("HTTP", Hex.ofText("GET / HTTP/1.1\r\n\r\n"), NOT_ZMTP, "", "no ZMTP"),
                Arguments.of("TLS", "16 03 01 02 00 01 00 01 fc 03 03", NOT_ZMTP, "", "no ZMTP"),
                Arguments.of("revision 0", SIGNATURE + "00" + PUSH, UNSUPPORTED_VERSION, "03", "framing of 1.0"),
                Arguments.of("revision 2", SIGNATURE + "02" + PUSH, UNSUPPORTED_VERSION, "03", "unassigned"),
                Arguments.of("type 11", SIGNATURE + "01 0b", SOCKET_TYPE, "03", "11"),
                Arguments.of("type 255", SIGNATURE + "01 ff", SOCKET_TYPE, "03", "255"),
                Arguments.of("type that we do not talk to", SIGNATURE + "01 02", SOCKET_TYPE, "03", "SUB"),
                Arguments.of("routing id with MORE", SIGNATURE + "01 08 01", MALFORMED_METADATA, said, "0x1"),
                Arguments.of("long routing id", SIGNATURE + "01 08 02", MALFORMED_METADATA, said, "0x2"),
                Arguments.of("a command", SIGNATURE + "01 08 04 05", MALFORMED_METADATA, said, "0x4"),
                Arguments.of("reserved flag", SIGNATURE + "01 08 80", MALFORMED_METADATA, said, "0x80"),
                Arguments.of("leading zero", SIGNATURE + "01 08 00 02 00 61", MALFORMED_METADATA, said, "zero"),
                Arguments.of("taken", SIGNATURE + "01 08 00 01 62", ROUTING_ID_TAKEN, said, "in use"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWithoutAnError(String what, String octets, ZmtpViolation violation, String said, String reason) {
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.byPeer(
                        peer -> Optional.of(peer == SocketType.PUSH ? SocketType.PULL : SocketType.ROUTER))
                .refusingTaken((user, id) -> id.toString().equals("62")));

        ZmtpProtocolException thrown =
                catchThrowableOfType(ZmtpProtocolException.class, () -> handshake.advance(octets(octets)));

        assertThat(thrown.violation()).isEqualTo(violation);
        assertThat(thrown).hasMessageContaining(reason);
        assertThat(shell.sent()).isEqualTo(hex(said));
        assertThat(handshake.peer()).isEmpty();
    }

    @Test
    void takesTheLongestRoutingId() {
        ZmtpHandshake handshake = accepting(ZmtpSocketPolicy.fixed(SocketType.ROUTER));

        handshake.advance(octets(SIGNATURE + "01" + DEALER + "00 ff 61*255"));

        assertThat(handshake.peer().orElseThrow().routingId().length()).isEqualTo(255);
    }

    static List<Arguments> mechanisms() {
        ZmtpAuthenticator everybody = ZmtpAuthenticator.anyCurveKey();
        return List.of(
                Arguments.of(ZmtpRole.ACCEPTING, ZmtpMechanisms.anonymous()),
                Arguments.of(ZmtpRole.ACCEPTING, ZmtpMechanisms.anonymous(everybody)),
                Arguments.of(ZmtpRole.ACCEPTING, ZmtpMechanisms.plainServer(everybody)),
                Arguments.of(ZmtpRole.ACCEPTING, ZmtpMechanisms.curveServer(CurveVectors.SERVER, everybody)),
                Arguments.of(ZmtpRole.CONNECTING, ZmtpMechanisms.anonymous()),
                Arguments.of(ZmtpRole.CONNECTING, ZmtpMechanisms.anonymous(everybody)),
                Arguments.of(ZmtpRole.CONNECTING, ZmtpMechanisms.plainClient("admin", "secret")),
                Arguments.of(
                        ZmtpRole.CONNECTING,
                        ZmtpMechanisms.curveClient(CurveVectors.CLIENT, CurveVectors.SERVER.publicKey())));
    }

    /** Whatever octet 10 says: below 3 the peer is closed, having seen no more than our major version. */
    @ParameterizedTest
    @MethodSource("mechanisms")
    void cannotBeDowngraded(ZmtpRole role, ZmtpMechanismFactory mechanism) {
        for (int octet = 0; octet < 256; octet++) {
            ZmtpHandshake handshake = new ZmtpHandshake(
                    end(role, ZmtpSocketPolicy.fixed(SocketType.ROUTER)), ZmtpLimits.DEFAULT, mechanism, shell);
            String rest = DEALER + ANONYMOUS + "00 01 61";

            if (octet < 3) {
                ByteBuf in = octets(SIGNATURE + "%02x ".formatted(octet) + rest);
                ZmtpProtocolException thrown =
                        catchThrowableOfType(ZmtpProtocolException.class, () -> handshake.advance(in));
                assertThat(thrown.violation()).isEqualTo(UNSUPPORTED_VERSION);
                assertThat(shell.sent()).isEqualTo("03");
            } else {
                handshake.advance(octets(SIGNATURE + "%02x ".formatted(octet) + rest));
                assertThat(shell.sent()).hasSize(2 * 54);
            }
            assertThat(handshake.peer()).isEmpty();
            handshake.close();
        }
    }

    private ZmtpHandshake accepting(ZmtpSocketPolicy sockets) {
        return new ZmtpHandshake(
                end(ZmtpRole.ACCEPTING, sockets), ZmtpLimits.DEFAULT, ZmtpMechanisms.anonymousOrZmtp20(), shell);
    }

    private static ZmtpLocalEnd end(ZmtpRole role, ZmtpSocketPolicy sockets) {
        return new ZmtpLocalEnd(role, sockets, RoutingId.EMPTY, Metadata.EMPTY);
    }

    private static ByteBuf octets(String text) {
        return Unpooled.wrappedBuffer(Hex.octets(text));
    }
}
