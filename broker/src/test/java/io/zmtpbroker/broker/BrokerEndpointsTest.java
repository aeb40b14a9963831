package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.EndpointRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerEndpointsTest {

    private static final Endpoint PLAIN = Endpoint.parse("tcp://*:1");

    @Test
    void areKeptByRoleInTheirOrder() {
        Endpoint other = Endpoint.parse("ipc://x");

        BrokerConfig config = BrokerConfig.builder()
                .workers(other)
                .clients(PLAIN)
                .workers(PLAIN)
                .build();

        assertThat(config.endpoints(EndpointRole.CLIENTS)).isEqualTo(List.of(PLAIN));
        assertThat(config.endpoints(EndpointRole.WORKERS)).isEqualTo(List.of(other, PLAIN));
        assertThat(config.endpoints(EndpointRole.ANSWERS)).isEmpty();
    }

    @Test
    void mustHaveOneForWorkers() {
        assertThatThrownBy(() -> BrokerConfig.builder().clients(PLAIN).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an endpoint for workers is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://*:1", "tcp://*:1?dialect=majordomo", "tcp://*:1?dialect=auto&service=a"})
    void mayShareOneBetweenClientsAndWorkersOfMajordomo(String workers) {
        BrokerConfig config =
                BrokerConfig.builder().workers(Endpoint.parse(workers)).build();

        assertThat(config.endpoints(EndpointRole.CLIENTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://*:1?dialect=rep", "tcp://*:1?dialect=fetch", "tcp://h:1?connect"})
    void mustHaveOneForClientsWhereNoneOfMajordomoCanCome(String workers) {
        var config = BrokerConfig.builder().workers(Endpoint.parse(workers));

        assertThatThrownBy(config::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an endpoint for clients is missing");
    }

    @Test
    void mustHaveOneForClientsWhereAnswersComeToOneOfTheirOwn() {
        var config = BrokerConfig.builder().workers(PLAIN).answers(PLAIN);

        assertThatThrownBy(config::build).hasMessage("an endpoint for clients is missing");
    }

    @Test
    void refuseAnEndpointThatDoesNotFit() {
        var config = BrokerConfig.builder();

        assertThatThrownBy(() -> config.answers(Endpoint.parse("tcp://*:1?service=a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'tcp://*:1?service=a' cannot be an endpoint of answers: service means nothing for answers");
    }
}
