package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.SocketType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZmtpSocketPolicyTest {
    @Test
    void isTheSameForEveryPeerThatTheTypeAccepts() {
        ZmtpSocketPolicy policy = ZmtpSocketPolicy.fixed(SocketType.ROUTER);

        assertThat(policy.fixedType()).contains(SocketType.ROUTER);
        assertThat(policy.typeFor(SocketType.REQ)).contains(SocketType.ROUTER);
        assertThat(policy.typeFor(SocketType.DEALER)).contains(SocketType.ROUTER);
        assertThat(policy.typeFor(SocketType.PUSH)).isEmpty();
    }

    @Test
    void isChosenByWhatThePeerIs() {
        ZmtpSocketPolicy policy = ZmtpSocketPolicy.byPeer(peer -> switch (peer) {
            case REP -> Optional.of(SocketType.DEALER);
            case REQ, DEALER -> Optional.of(SocketType.ROUTER);
            case PUSH -> Optional.of(SocketType.PULL);
            case PAIR -> Optional.of(SocketType.REP); // not allowed by the specification, so refused
            case PUB, SUB, ROUTER, PULL, XPUB, XSUB -> Optional.empty();
        });

        assertThat(policy.fixedType()).isEmpty();
        assertThat(policy.typeFor(SocketType.REP)).contains(SocketType.DEALER);
        assertThat(policy.typeFor(SocketType.PUSH)).contains(SocketType.PULL);
        assertThat(policy.typeFor(SocketType.ROUTER)).isEmpty();
        assertThat(policy.typeFor(SocketType.PAIR)).isEmpty();
        assertThat(policy.onlyPeer()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PULL, PUSH", "PUSH, PULL", "PAIR, PAIR", "ROUTER,", "REP,", "XPUB,", "DEALER,"})
    void knowsTheOnlyPeer(SocketType type, @Nullable SocketType peer) {
        assertThat(ZmtpSocketPolicy.fixed(type).onlyPeer()).isEqualTo(Optional.ofNullable(peer));
    }
}
