package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpRole.ACCEPTING;
import static io.zmtpbroker.zmtp.ZmtpRole.CONNECTING;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_METADATA;
import static io.zmtpbroker.zmtp.ZmtpViolation.SOCKET_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.ZmtpVersion;
import io.zmtpbroker.zmtp.ZmtpViolation;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZmtpLocalEndTest {
    private static final RoutingId ID = RoutingId.of(new byte[] {'i', 'd'});
    private static final Metadata EXTRA = Metadata.builder().add("X-Extra", "1").build();

    @ParameterizedTest
    @CsvSource({"REQ, true", "DEALER, true", "ROUTER, true", "REP, false", "PUSH, false", "PULL, false", "PUB, false"})
    void announcesAnIdentityForTheTypesThatHaveOne(SocketType type, boolean identity) {
        Metadata announced = end(type).announce(type);

        assertThat(announced.text("Socket-Type")).contains(type.name());
        assertThat(announced.text("Identity")).isEqualTo(identity ? Optional.of("id") : Optional.empty());
        assertThat(announced.names()).startsWith("Socket-Type").endsWith("X-Extra");
    }

    @Test
    void admitsAPeerAndKeepsAllItSaid() {
        Metadata metadata = Metadata.builder()
                .add("socket-type", "REQ")
                .add("X-Other", "kept")
                .add("IDENTITY", "me")
                .build();

        ZmtpPeer peer = end(SocketType.ROUTER).admit(0, metadata);

        assertThat(peer)
                .isEqualTo(new ZmtpPeer(
                        ZmtpVersion.V3_0,
                        SocketType.ROUTER,
                        SocketType.REQ,
                        RoutingId.of(new byte[] {'m', 'e'}),
                        metadata,
                        ZmtpUser.ANONYMOUS));
    }

    @ParameterizedTest
    @EnumSource(SocketType.class)
    void admitsWhomItsTypeAccepts(SocketType ours) {
        for (SocketType peer : SocketType.values()) {
            Metadata metadata =
                    Metadata.builder().add("Socket-Type", peer.name()).build();
            if (ours.accepts(peer)) {
                assertThat(end(ours).admit(1, metadata).type()).isEqualTo(peer);
            } else {
                assertThat(violationOf(end(ours), metadata)).isEqualTo(SOCKET_TYPE);
            }
        }
    }

    @Test
    void takesAPeerWithoutATypeForTheOnlyOneItCanBe() {
        assertThat(end(SocketType.PULL).admit(1, Metadata.EMPTY).type()).isEqualTo(SocketType.PUSH);
        assertThat(violationOf(end(SocketType.ROUTER), Metadata.EMPTY)).isEqualTo(SOCKET_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "req", "REQ ", "REQ\u0000", "STREAM"})
    void refusesAnUnknownType(String name) {
        Metadata metadata = Metadata.builder().add("Socket-Type", name).build();

        assertThat(violationOf(end(SocketType.ROUTER), metadata)).isEqualTo(SOCKET_TYPE);
    }

    @ParameterizedTest
    @CsvSource({"1, 254,", "1, 255,", "1, 256, MALFORMED_METADATA", "0, 5, MALFORMED_METADATA", "1, 0,"})
    void limitsTheRoutingId(byte first, int length, ZmtpViolation violation) {
        byte[] id = new byte[length];
        if (length > 0) {
            id[0] = first;
        }
        Metadata metadata =
                Metadata.builder().add("Socket-Type", "REQ").add("Identity", id).build();

        if (violation == null) {
            assertThat(end(SocketType.ROUTER).admit(1, metadata).routingId().bytes())
                    .isEqualTo(id);
        } else {
            assertThat(violationOf(end(SocketType.ROUTER), metadata)).isEqualTo(MALFORMED_METADATA);
        }
    }

    @Test
    void refusesARoutingIdThatIsTakenWhereThePolicySaysSo() {
        ZmtpUser alice = new ZmtpUser("alice", Metadata.EMPTY);
        ZmtpSocketPolicy policy = ZmtpSocketPolicy.fixed(SocketType.ROUTER)
                .refusingTaken((user, id) -> !user.equals(alice) && (id.equals(ID) || id.isEmpty()));
        ZmtpLocalEnd refusing = new ZmtpLocalEnd(ACCEPTING, policy, RoutingId.EMPTY, Metadata.EMPTY);
        Metadata anonymous = Metadata.builder().add("Socket-Type", "REQ").build();
        Metadata taken = Metadata.builder()
                .add("Socket-Type", "REQ")
                .add("Identity", ID.bytes())
                .build();

        assertThat(violationOf(refusing, taken)).isEqualTo(ZmtpViolation.ROUTING_ID_TAKEN);
        assertThat(refusing.admit(1, taken, alice).user()).isEqualTo(alice);
        assertThat(refusing.admit(1, anonymous).routingId()).isEqualTo(RoutingId.EMPTY);
        assertThat(end(SocketType.ROUTER).admit(1, taken).routingId()).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Socket-Type", "identity"})
    void refusesPropertiesThatItWritesItself(String name) {
        Metadata properties = Metadata.builder().add(name, "x").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ZmtpLocalEnd(
                        ACCEPTING, ZmtpSocketPolicy.fixed(SocketType.PULL), RoutingId.EMPTY, properties));
    }

    @Test
    void needsATypeToConnectWith() {
        ZmtpSocketPolicy byPeer = ZmtpSocketPolicy.byPeer(peer -> Optional.empty());

        assertThat(new ZmtpLocalEnd(ACCEPTING, byPeer, RoutingId.EMPTY, Metadata.EMPTY).sockets())
                .isSameAs(byPeer);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ZmtpLocalEnd(CONNECTING, byPeer, RoutingId.EMPTY, Metadata.EMPTY));
    }

    private static ZmtpLocalEnd end(SocketType type) {
        return new ZmtpLocalEnd(ZmtpRole.ACCEPTING, ZmtpSocketPolicy.fixed(type), ID, EXTRA);
    }

    private static ZmtpViolation violationOf(ZmtpLocalEnd end, Metadata metadata) {
        return catchThrowableOfType(ZmtpProtocolException.class, () -> end.admit(1, metadata))
                .violation();
    }
}
