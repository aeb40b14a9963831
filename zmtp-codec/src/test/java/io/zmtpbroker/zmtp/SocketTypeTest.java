package io.zmtpbroker.zmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketTypeTest {
    /** 37/ZMTP, "Socket Type Property". */
    @ParameterizedTest
    @CsvSource({
        "PAIR, PAIR",
        "PUB, SUB XSUB",
        "XPUB, SUB XSUB",
        "SUB, PUB XPUB",
        "XSUB, PUB XPUB",
        "REQ, REP ROUTER",
        "REP, REQ DEALER",
        "DEALER, REP DEALER ROUTER",
        "ROUTER, REQ DEALER ROUTER",
        "PULL, PUSH",
        "PUSH, PULL"
    })
    void acceptsThePeersOfTheTable(SocketType type, String peers) {
        Set<SocketType> accepted = EnumSet.noneOf(SocketType.class);
        for (SocketType peer : SocketType.values()) {
            if (type.accepts(peer)) {
                accepted.add(peer);
            }
        }

        assertThat(accepted)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(peers.split(" ")).map(SocketType::valueOf).toList());
    }

    @Test
    void acceptsBothWaysOrNeither() {
        for (SocketType one : SocketType.values()) {
            for (SocketType other : SocketType.values()) {
                assertThat(one.accepts(other)).isEqualTo(other.accepts(one));
            }
        }
    }

    @Test
    void isFoundByItsName() {
        for (SocketType type : SocketType.values()) {
            assertThat(SocketType.ofName(type.name())).contains(type);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "router", "Router", "ROUTER ", "STREAM", "SERVER"})
    void isNotFoundByAnotherName(String name) {
        assertThat(SocketType.ofName(name)).isEmpty();
    }
}
