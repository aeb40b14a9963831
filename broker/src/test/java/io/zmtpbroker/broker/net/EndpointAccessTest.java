package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.access.AccessRole;
import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpUser;
import java.util.stream.Stream;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WORKERS | client | REQ DEALER",
                "WORKERS | worker | REQ REP DEALER PUSH",
                "WORKERS | client,worker | REQ REP DEALER PUSH",
                "CLIENTS | client | REQ REP DEALER PUSH",
                "ANSWERS | worker | REQ REP DEALER PUSH",
            })
    void tellsByTheSocketTypeWhoIsAWorkerAmongWorkersAlone(EndpointRole role, String roles, String permitted) {
        ZmtpUser user = new ZmtpUser(
                "alice", Metadata.builder().add(AccessRole.PROPERTY, roles).build());

        assertThat(Stream.of(SocketType.REQ, SocketType.REP, SocketType.DEALER, SocketType.PUSH)
                        .filter(peer -> EndpointAccess.permits(role, user, peer))
                        .map(Enum::name))
                .containsExactly(permitted.split(" "));
    }

    @Test
    void permitsEverythingWhereNobodyIsAsked() {
        for (SocketType peer : SocketType.values()) {
            assertThat(EndpointAccess.permits(EndpointRole.WORKERS, ZmtpUser.ANONYMOUS, peer))
                    .isTrue();
        }
    }

    @Test
    void hasTheMechanismOfTheEndpointElseThatOfAll() {
        EndpointAccess access = new EndpointAccess(Access.NONE, Mechanism.PLAIN, true);

        assertThat(access.mechanismOf(Endpoint.parse("tcp://h:1"))).isEqualTo(Mechanism.PLAIN);
        assertThat(access.mechanismOf(Endpoint.parse("tcp://h:1?mechanism=null")))
                .isEqualTo(Mechanism.NULL);
    }
}
