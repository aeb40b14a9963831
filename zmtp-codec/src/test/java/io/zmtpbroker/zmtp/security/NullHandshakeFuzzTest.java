package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.ZmtpVersion;
import io.zmtpbroker.zmtp.testing.FuzzInput;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Greetings of every version, and handshakes of NULL, at both ends. */
class NullHandshakeFuzzTest {
    private static final String SIGNATURE = "ff 00*7 01 7f ";
    private static final String GREETING = SIGNATURE + "03 01 4e 55 4c 4c 00*16 00 00*31 ";
    private static final String TYPE = "0b" + Hex.ofText("Socket-Type") + "00*3 ";

    private static final List<ZmtpSocketPolicy> POLICIES = List.of(
            ZmtpSocketPolicy.fixed(SocketType.ROUTER),
            ZmtpSocketPolicy.fixed(SocketType.PULL).refusingTaken((user, id) -> id.length() == 3),
            ZmtpSocketPolicy.byPeer(
                    peer -> Optional.of(peer == SocketType.PUSH ? SocketType.PULL : SocketType.DEALER)));

    private static final List<Function<HandshakeRun, ZmtpMechanismFactory>> MECHANISMS = List.of(
            run -> ZmtpMechanisms.anonymous(),
            run -> ZmtpMechanisms.anonymousOrZmtp20(),
            run -> ZmtpMechanisms.anonymous(run.answering(
                    request -> CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.success("somebody")))),
            run -> ZmtpMechanisms.anonymous(request -> CompletableFuture.failedFuture(new IllegalStateException())));

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "00 00 00 00 " + GREETING + Conversation.command("READY", TYPE + "06" + Hex.ofText("DEALER")),
                        "05 00 01 01 " + GREETING + Conversation.command("READY", TYPE + "04" + Hex.ofText("PUSH")),
                        "09 01 00 02 " + GREETING + Conversation.command("READY", TYPE + "03" + Hex.ofText("REQ")),
                        "20 00 00 03 " + GREETING + Conversation.command("READY", TYPE + "03" + Hex.ofText("REQ")),
                        "01 00 02 01 " + SIGNATURE + "01 08 00 02 61 62 00 01 63",
                        "03 01 00 01 " + SIGNATURE + "01 05 00 00 01 00 00 00",
                        "03 00 01 01 " + SIGNATURE + "01 08 00 03 61 62 63",
                        "00 00 00 00 " + SIGNATURE + "01 05 00 00",
                        "00 00 00 00 " + GREETING + Conversation.command("ERROR", "03" + Hex.ofText("400")),
                        "00 00 00 00 01 00 04 00 78 79 7a",
                        "00 00 00 00" + Hex.ofText("GET / HTTP/1.1\r\n"))
                .map(Hex::octets);
    }

    @MethodSource("seeds")
    @FuzzTest
    void shakeHands(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int way = input.choose(256);
        ZmtpRole role = input.flag() ? ZmtpRole.CONNECTING : ZmtpRole.ACCEPTING;
        ZmtpSocketPolicy policy = POLICIES.get(input.choose(role == ZmtpRole.CONNECTING ? 2 : POLICIES.size()));
        Function<HandshakeRun, ZmtpMechanismFactory> mechanism = MECHANISMS.get(input.choose(MECHANISMS.size()));
        ZmtpLocalEnd local = new ZmtpLocalEnd(role, policy, RoutingId.EMPTY, Metadata.EMPTY);

        HandshakeRun.Outcome outcome = HandshakeRun.whole(way, input.rest(), local, mechanism);

        assertThat(outcome.sent()).startsWith(Hex.of(Hex.octets(SIGNATURE)));
        if (outcome.peer() != null) {
            assertThat(policy.typeFor(outcome.peer().type()))
                    .contains(outcome.peer().localType());
            assertThat(policy.isTaken(outcome.peer().user(), outcome.peer().routingId()))
                    .isFalse();
            if (outcome.peer().version() == ZmtpVersion.V2_0) {
                assertThat(mechanism).isSameAs(MECHANISMS.get(1));
            }
            assertThat(mechanism).isNotSameAs(MECHANISMS.get(3));
        }
    }
}
