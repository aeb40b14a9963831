package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.SocketType;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointSocketsTest {

    @ParameterizedTest
    @CsvSource({
        "CLIENTS, AUTO, REQ>ROUTER DEALER>ROUTER ROUTER>ROUTER",
        "CLIENTS, PLAIN, REQ>ROUTER DEALER>ROUTER ROUTER>ROUTER",
        "CLIENTS, MAJORDOMO, REQ>ROUTER DEALER>ROUTER ROUTER>ROUTER",
        "WORKERS, AUTO, REQ>ROUTER REP>DEALER DEALER>ROUTER PUSH>PULL",
        "WORKERS, FETCH, REQ>ROUTER DEALER>ROUTER PUSH>PULL",
        "WORKERS, LB, REQ>ROUTER DEALER>ROUTER",
        "WORKERS, PIRATE, DEALER>ROUTER",
        "WORKERS, MAJORDOMO, REQ>ROUTER DEALER>ROUTER",
        "WORKERS, REP, REP>DEALER",
        "WORKERS, DEALER, REP>DEALER DEALER>DEALER",
        "ANSWERS, AUTO, PUSH>PULL",
    })
    void areToThosePeersThatSpeakTheDialectWhatFitsThem(EndpointRole role, EndpointDialect dialect, String pairs) {
        var policy = EndpointSockets.accepting(role, dialect);

        String all = Arrays.stream(SocketType.values())
                .flatMap(peer -> policy.typeFor(peer).map(ours -> peer + ">" + ours).stream())
                .collect(Collectors.joining(" "));

        assertThat(all).isEqualTo(pairs);
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENTS, AUTO, ROUTER",
        "CLIENTS, MAJORDOMO, ROUTER",
        "WORKERS, AUTO, DEALER",
        "WORKERS, REP, DEALER",
        "WORKERS, DEALER, DEALER",
        "WORKERS, FETCH, ROUTER",
        "WORKERS, LB, ROUTER",
        "WORKERS, PIRATE, ROUTER",
        "WORKERS, MAJORDOMO, ROUTER",
        "ANSWERS, AUTO, PULL",
    })
    void areOneTypeWhereWeConnect(EndpointRole role, EndpointDialect dialect, SocketType type) {
        assertThat(EndpointSockets.connecting(role, dialect)).isEqualTo(type);
    }
}
