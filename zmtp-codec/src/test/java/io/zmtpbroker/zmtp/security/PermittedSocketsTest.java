package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.NOT_PERMITTED;
import static io.zmtpbroker.zmtp.security.Conversation.command;
import static io.zmtpbroker.zmtp.security.Conversation.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where it depends on the user which socket types may come, through each mechanism. */
@ExtendWith(LeakCheck.class)
class PermittedSocketsTest {
    private static final String DEALER = "0b" + Hex.ofText("Socket-Type") + "00*3 06" + Hex.ofText("DEALER");
    private static final String ERROR_400 = hex(command("ERROR", "03" + Hex.ofText("400")));

    /** Everything that the peer says, a DEALER whom the authenticator lets in as alice. */
    private enum Said {
        NULL("ff 00*7 01 7f 03 01 4e 55 4c 4c 00*16 00 00*31 " + command("READY", DEALER)) {
            @Override
            ZmtpMechanismFactory server() {
                return ZmtpMechanisms.anonymous(AS_ALICE);
            }
        },
        PLAIN("ff 00*7 01 7f 03 01 50 4c 41 49 4e 00*15 00 00*31 " + command("HELLO", "01 61 01 62")
                + command("INITIATE", DEALER)) {
            @Override
            ZmtpMechanismFactory server() {
                return ZmtpMechanisms.plainServer(AS_ALICE);
            }
        },
        CURVE(CurveVectors.GREETING_OF_CLIENT + CurveVectors.HELLO + CurveVectors.INITIATE) {
            @Override
            ZmtpMechanismFactory server() {
                return CurveVectors.server(AS_ALICE, Nacl.bouncyCastle());
            }
        };

        private static final ZmtpAuthenticator AS_ALICE =
                request -> CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.success("alice"));

        final String octets;

        Said(String octets) {
            this.octets = octets;
        }

        abstract ZmtpMechanismFactory server();
    }

    @ParameterizedTest
    @EnumSource
    void refusesAUserThatMayNotComeAsThatAndTellsIt(Said mechanism) {
        try (Conversation server = accepting(permitting("bob", SocketType.DEALER), mechanism)) {
            ZmtpProtocolException failure = server.failure(mechanism.octets);

            assertThat(failure.violation()).isEqualTo(NOT_PERMITTED);
            assertThat(failure).hasMessage("user 'alice' may not come with socket type DEALER");
            assertThat(server.shell.sent()).endsWith(ERROR_400).doesNotContain(Hex.ofText("READY"));
            assertThat(server.handshake.peer()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsInAUserThatMay(Said mechanism) {
        try (Conversation server = accepting(permitting("alice", SocketType.DEALER), mechanism)) {
            assertThat(server.say(mechanism.octets)).contains(Hex.ofText("READY"));

            assertThat(server.handshake.peer().orElseThrow().user().id()).isEqualTo("alice");
        }
    }

    /** As a server of PLAIN that connects does; with NULL an end that has sent READY may not send ERROR any more. */
    @Test
    void judgesThePeerThatItConnectsToAsWell() {
        ZmtpSocketPolicy sockets =
                ZmtpSocketPolicy.fixed(SocketType.ROUTER).permitting((user, type) -> user.isAnonymous());
        try (Conversation plain = Conversation.of(ZmtpRole.CONNECTING, sockets, Said.PLAIN.server());
                Conversation open = Conversation.of(ZmtpRole.CONNECTING, sockets, Said.NULL.server())) {
            assertThat(plain.violation(Said.PLAIN.octets)).isEqualTo(NOT_PERMITTED);
            assertThat(plain.shell.sent()).endsWith(ERROR_400);

            assertThat(open.violation(Said.NULL.octets)).isEqualTo(NOT_PERMITTED);
            assertThat(open.shell.sent()).doesNotContain(ERROR_400);
        }
    }

    @Test
    void asksAsAnonymousWhereNobodyIsAsked() {
        ZmtpSocketPolicy sockets =
                ZmtpSocketPolicy.fixed(SocketType.ROUTER).permitting((user, type) -> !user.isAnonymous());
        String zmtp20 = "ff 00*7 01 7f 01 05 00 00";
        try (Conversation server = Conversation.of(ZmtpRole.ACCEPTING, sockets, ZmtpMechanisms.anonymous());
                Conversation old = Conversation.of(ZmtpRole.ACCEPTING, sockets, ZmtpMechanisms.anonymousOrZmtp20())) {
            assertThat(server.failure(Said.NULL.octets))
                    .hasMessage("an anonymous peer may not come with socket type DEALER");
            assertThat(old.violation(zmtp20)).isEqualTo(NOT_PERMITTED);
        }
    }

    /** Whether we talk to it at all is judged first, for that is nobody's credential's fault. */
    @Test
    void keepsWhatElseThePolicySays() {
        ZmtpSocketPolicy sockets = ZmtpSocketPolicy.byPeer(
                        peer -> peer == SocketType.REQ ? Optional.of(SocketType.ROUTER) : Optional.empty())
                .permitting((user, type) -> false)
                .refusingTaken((user, id) -> true);

        try (Conversation server = Conversation.of(ZmtpRole.ACCEPTING, sockets, ZmtpMechanisms.anonymous())) {
            assertThat(server.failure(Said.NULL.octets)).hasMessageContaining("which this endpoint does not talk to");
        }
        assertThat(sockets.permits(ZmtpUser.ANONYMOUS, SocketType.REQ)).isFalse();
        assertThat(sockets.permitting((user, type) -> true).isTaken(ZmtpUser.ANONYMOUS, RoutingId.of(new byte[] {1})))
                .isTrue();
    }

    private static Conversation accepting(ZmtpSocketPolicy sockets, Said mechanism) {
        return Conversation.of(ZmtpRole.ACCEPTING, sockets, mechanism.server());
    }

    private static ZmtpSocketPolicy permitting(String user, SocketType type) {
        return ZmtpSocketPolicy.fixed(SocketType.ROUTER)
                .permitting((who, peer) -> who.id().equals(user) && peer == type);
    }
}
