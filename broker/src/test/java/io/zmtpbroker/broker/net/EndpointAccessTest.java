package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.access.AccessRole;
import io.zmtpbroker.broker.access.Mechanism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which roles an endpoint is for, and which mechanism it has. */
class EndpointAccessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLIENTS | '' | true | client",
                "CLIENTS | dialect=majordomo | true | client",
                "ANSWERS | '' | true | worker",
                "WORKERS | '' | true | worker",
                "WORKERS | dialect=majordomo | true | client,worker",
                "WORKERS | '' | false | client,worker",
                "WORKERS | dialect=majordomo | false | client,worker",
                "WORKERS | dialect=lb | false | worker",
            })
    void isForThoseWhoAreServedThere(EndpointRole role, String query, boolean clientsApart, String roles) {
        EndpointAccess access = new EndpointAccess(Access.NONE, Mechanism.NULL, clientsApart);

        assertThat(access.admitted(role, EndpointOptions.parse(query))).isEqualTo(AccessRole.parse(roles));
    }

    @Test
    void hasTheMechanismOfTheEndpointElseThatOfAll() {
        EndpointAccess access = new EndpointAccess(Access.NONE, Mechanism.PLAIN, true);

        assertThat(access.mechanismOf(Endpoint.parse("tcp://h:1"))).isEqualTo(Mechanism.PLAIN);
        assertThat(access.mechanismOf(Endpoint.parse("tcp://h:1?mechanism=null")))
                .isEqualTo(Mechanism.NULL);
    }
}
