package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broker says at its start about who gets in, and what it does not start with. */
@ExtendWith(LeakCheck.class)
class AccessBrokerTest {

    private static final String WARNING = "no authentication and no encryption on ";

    private static final Access CURVE =
            Access.builder().curveKeys(CurveKeyPair.generate()).curveAllowAny().build();

    @Test
    void warnsOfPeersOnTheNetworkThatItConnectsToInClear() {
        try (LogLines log = new LogLines();
                TestBroker broker = TestBroker.start(
                        config("tcp://127.0.0.1:*", "tcp://192.0.2.2:4999?connect", "tcp://127.0.0.1:*"))) {
            assertThat(broker.broker().endpoints()).hasSize(3);
            assertThat(log.with("connecting in clear to"))
                    .singleElement()
                    .asString()
                    .startsWith("connecting in clear to tcp://192.0.2.2:4999 (workers):");
            assertThat(log.with(WARNING)).isEmpty();
        }
    }

    @Test
    void warnsInOneLineOfAllEndpointsThatOthersReachAndThatAskNobody() {
        try (LogLines log = new LogLines();
                TestBroker broker = TestBroker.start(config("tcp://*:*", "tcp://127.0.0.1:*", "tcp://0.0.0.0:*"))) {
            String clients = broker.broker().endpoints().get(0).endpoint().address() + " (clients)";
            String answers = broker.broker().endpoints().get(2).endpoint().address() + " (answers)";

            assertThat(log.with(WARNING)).singleElement().asString().startsWith(WARNING + clients + ", " + answers);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:*", "tcp://127.1.2.3:*", "tcp://[::1]:*", "tcp://localhost:*", "ipc://*"})
    void doesNotWarnOfWhatOnlyThisMachineReaches(String endpoint) {
        try (LogLines log = new LogLines();
                TestBroker broker = TestBroker.start(config(endpoint, endpoint, endpoint))) {
            assertThat(broker.broker().endpoints()).hasSize(3);
            assertThat(log.with(WARNING)).isEmpty();
        }
    }

    @Test
    void doesNotWarnOfWhatAsks() {
        BrokerConfig.Builder config = config("tcp://*:*", "tcp://*:*", "tcp://127.0.0.1:*?mechanism=null")
                .access(CURVE)
                .mechanism(Mechanism.CURVE);
        try (LogLines log = new LogLines();
                TestBroker broker = TestBroker.start(config)) {
            assertThat(broker.broker().endpoints()).hasSize(3);
            assertThat(log.with(WARNING)).isEmpty();
        }
    }

    @Test
    void warnsOfPasswordsThatTravelInClear() {
        Access plain = Access.builder()
                .plainUsers(request -> new CompletableFuture<>())
                .build();
        BrokerConfig.Builder config = config("tcp://*:*", "tcp://127.0.0.1:*", "tcp://127.0.0.1:*")
                .access(plain)
                .mechanism(Mechanism.PLAIN);
        try (LogLines log = new LogLines();
                TestBroker broker = TestBroker.start(config)) {
            String clients = broker.broker().endpoints().get(0).endpoint().address() + " (clients)";

            assertThat(log.with("no encryption on "))
                    .singleElement()
                    .asString()
                    .startsWith("no encryption on " + clients + ": whoever is on the way reads the passwords");
        }
    }

    /** Who fetched is a user, and who answers there is none; or the other way round. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp://127.0.0.1:*?mechanism=curve | tcp://127.0.0.1:* | 1",
                "tcp://127.0.0.1:* | tcp://127.0.0.1:*?mechanism=curve | 1",
                "tcp://127.0.0.1:*?mechanism=curve | tcp://127.0.0.1:*?mechanism=curve | 0",
            })
    void warnsOfAnAnswersEndpointWhereNoAnswerCanCount(String workers, String answers, int lines) {
        BrokerConfig.Builder config =
                config("tcp://127.0.0.1:*?mechanism=curve", workers, answers).access(CURVE);
        try (LogLines log = new LogLines();
                TestBroker broker = TestBroker.start(config)) {
            assertThat(broker.broker().endpoints()).hasSize(3);
            assertThat(log.with("no answer counts that comes at ")).hasSize(lines);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp://h:1?mechanism=plain | the mechanism plain of clients at tcp://h:1 needs a users file (--plain-users)",
                "tcp://h:1?mechanism=curve | the mechanism curve of clients at tcp://h:1 needs a key pair (--curve-secret-file)",
            })
    void isNotConfiguredWithoutCredentials(String clients, String why) {
        BrokerConfig.Builder config = config(clients, "tcp://127.0.0.1:*", "tcp://127.0.0.1:*");

        assertThatIllegalArgumentException().isThrownBy(config::build).withMessage(why);
    }

    @Test
    void isNotConfiguredWithCredentialsThatNobodyAsksFor() {
        BrokerConfig.Builder config =
                config("tcp://h:1", "tcp://h:2", "tcp://h:3").access(CURVE);

        assertThatIllegalArgumentException()
                .isThrownBy(config::build)
                .withMessage("there are credentials for curve, and no endpoint that asks for them: --mechanism curve is"
                        + " missing, or ?mechanism=curve behind an endpoint");
    }

    @Test
    void hasNothingToReadAgainWithoutFiles() {
        try (TestBroker broker = TestBroker.start()) {
            AccessReload reload = broker.broker().reloadCredentials();

            assertThat(reload.loaded()).isEmpty();
            assertThat(reload.problems()).isEmpty();
            assertThat(reload.closedConnections()).isZero();
        }
    }

    private static BrokerConfig.Builder config(String clients, String workers, String answers) {
        return BrokerConfig.builder(Endpoint.parse(clients), Endpoint.parse(workers), Endpoint.parse(answers))
                .drain(Duration.ZERO);
    }
}
