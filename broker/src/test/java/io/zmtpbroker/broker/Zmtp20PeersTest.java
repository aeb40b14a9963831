package io.zmtpbroker.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.Zmtp20;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients and workers that speak ZMTP 2.0, framed by hand as libzmq 3.x frames. */
@ExtendWith(LeakCheck.class)
class Zmtp20PeersTest {

    private static final String ANY = "tcp://127.0.0.1:*";
    private static final int REQ = 3;
    private static final int REP = 4;
    private static final int DEALER = 5;
    private static final int PUSH = 8;

    @Test
    void askAndFetchAndAnswer() {
        try (TestBroker broker = TestBroker.start();
                RawPeer client = RawPeer.zmtp20(broker.clientsPort(), REQ, "");
                RawPeer worker = RawPeer.zmtp20(workersPort(broker), REQ, "");
                RawPeer answerer = RawPeer.zmtp20(workersPort(broker), PUSH, "")) {
            client.sendMessage("", "question");
            worker.sendMessage("", "requesting task");
            List<byte[]> task = worker.receive();
            answerer.sendMessage(task.get(1), "answer".getBytes(UTF_8));

            assertThat(new String(task.get(2), UTF_8)).isEqualTo("question");
            assertThat(client.receiveText()).containsExactly("", "answer");
        }
    }

    @Test
    void areServedByAndServeThoseOf3() {
        try (TestBroker broker = TestBroker.start();
                RawPeer oldClient = RawPeer.zmtp20(broker.clientsPort(), DEALER, "");
                RawPeer newClient = broker.client("REQ");
                RawPeer oldWorker = RawPeer.zmtp20(workersPort(broker), REP, "")) {
            for (RawPeer client : List.of(oldClient, newClient)) {
                client.sendMessage("", "x".repeat(300));
                List<byte[]> task = oldWorker.receive();
                oldWorker.sendMessage(task.get(0), new byte[0], task.get(2));
                assertThat(client.receiveText()).containsExactly("", "x".repeat(300));
            }
        }
    }

    @Test
    void haveTheRoutingIdThatTheyGiveThemselves() {
        try (TestBroker broker = TestBroker.start();
                RawPeer client = RawPeer.zmtp20(broker.clientsPort(), DEALER, "alice");
                RawPeer worker = broker.worker();
                RawPeer answerer = broker.answerer()) {
            client.sendMessage("", "question");
            worker.sendMessage("", "fetch");
            byte[] id = worker.receive().get(1);
            client.hangUp();
            try (RawPeer again = RawPeer.zmtp20(broker.clientsPort(), DEALER, "alice")) {
                answerer.sendMessage(id, "answer".getBytes(UTF_8));

                assertThat(again.receiveText()).containsExactly("", "answer");
            }
        }
    }

    /** {@code --client-gone auto}: what an anonymous REQ asked is dropped with it, whatever it spoke. */
    @Test
    void areAnonymousLikeOthers() {
        try (TestBroker broker = TestBroker.start();
                RawPeer client = RawPeer.zmtp20(broker.clientsPort(), REQ, "")) {
            client.sendMessage("", "question");
            broker.await(snapshot -> snapshot.waiting() == 1);

            client.hangUp();

            broker.awaitCounter("requests.dropped.client-gone", 1);
        }
    }

    /** They would take the task for the reply to what they ask next. */
    @Test
    void areNotTakenForWorkersThatWaitWhenTheyAreSilent() {
        try (TestBroker broker = TestBroker.start(config -> config.reviveFetch(Duration.ofMinutes(1)));
                RawPeer answerer = RawPeer.zmtp20(workersPort(broker), PUSH, "");
                RawPeer old = RawPeer.zmtp20(workersPort(broker), REQ, "");
                RawPeer other = broker.worker();
                RawPeer client = broker.client("DEALER")) {
            assertThat(answerer.hearsNothingFor(1)).isTrue();
            client.sendMessage("", "first");
            client.sendMessage("", "second");
            assertThat(text(other.receive(), 2)).isEqualTo("first");

            assertThat(old.hearsNothingFor(300)).isTrue();
            old.sendMessage("", "fetch");
            assertThat(text(old.receive(), 2)).isEqualTo("second");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ff0000000000000001 7f 00 03, greeting of ZMTP 2.0 with the framing of 1.0, violations.unsupported-version",
        "ff0000000000000001 7f 02 03, greeting of an unassigned version, violations.unsupported-version",
        "01 00 04 00 78 79 7a, 'greeting of ZMTP 1.0, or no ZMTP at all', violations.not-zmtp",
        "ff 0000000000000064 00, greeting of ZMTP 1.0, violations.not-zmtp",
    })
    void areNotOlderThanThat(String octets, String reason, String counter) {
        try (LogLines log = new LogLines();
                TestBroker broker = TestBroker.start();
                RawPeer peer = RawPeer.silent(broker.clientsPort())) {
            peer.sendHex(octets);

            peer.awaitEnd();
            assertThat(log.await("closed clients connection")).contains(reason);
            broker.awaitCounter(counter, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, ''", "AUTO, ?legacy=off", "ADMITTED, ?legacy=off"})
    void areRefusedWhereTheyAreSwitchedOff(Zmtp20 everywhere, String query) {
        Endpoint any = Endpoint.parse("tcp://127.0.0.1:*");
        var config = BrokerConfig.builder(Endpoint.parse(any + query), any, any)
                .drain(Duration.ZERO)
                .zmtp20(everywhere);
        try (LogLines log = new LogLines();
                TestBroker broker = TestBroker.start(config);
                RawPeer peer = RawPeer.silent(broker.clientsPort())) {
            peer.sendHex("ff0000000000000001 7f 01 03 00 00");

            peer.awaitEnd();
            assertThat(log.await("closed clients connection")).contains("ZMTP 2.0, which is not admitted");
            broker.awaitCounter("violations.unsupported-version", 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, ?mechanism=plain", "PLAIN, ''", "CURVE, ?mechanism=curve"})
    void areNeverLetInWherePeersAreAskedWhoTheyAre(Mechanism standard, String query) {
        var config = BrokerConfig.builder(Endpoint.parse(ANY + query), endpoint("null"), endpoint("null"))
                .drain(Duration.ZERO)
                .mechanism(standard)
                .access(accessFor(standard));
        for (int octet = 0; octet < 3; octet++) {
            try (TestBroker broker = TestBroker.start(config);
                    RawPeer peer = RawPeer.silent(broker.clientsPort())) {
                peer.sendHex("ff0000000000000001 7f 0" + octet + " 05 00 00 01 00 00 01 61");

                peer.awaitEnd();
                broker.awaitCounter("violations.unsupported-version", 1);
                assertThat(broker.counter("requests.accepted")).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ADMITTED, PLAIN, ''", "AUTO, PLAIN, ?legacy=2.0", "AUTO, NULL, ?legacy=2.0&mechanism=plain"})
    void cannotBeAskedForWherePeersAreAskedWhoTheyAre(Zmtp20 everywhere, Mechanism standard, String query) {
        var config = BrokerConfig.builder(Endpoint.parse(ANY + query), endpoint("plain"), endpoint("plain"))
                .mechanism(standard)
                .access(accessFor(Mechanism.PLAIN))
                .zmtp20(everywhere);

        assertThatThrownBy(config::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ZMTP 2.0 cannot say who they are")
                .hasMessageContaining("legacy=off");
    }

    private static Endpoint endpoint(String mechanism) {
        return Endpoint.parse(ANY + "?mechanism=" + mechanism);
    }

    private static Access accessFor(Mechanism mechanism) {
        ZmtpAuthenticator nobody = request -> CompletableFuture.failedFuture(new IllegalStateException());
        return mechanism == Mechanism.CURVE
                ? Access.builder()
                        .curveKeys(CurveKeyPair.generate())
                        .curveAllowAny()
                        .build()
                : Access.builder().plainUsers(nobody).build();
    }

    @Test
    void areClosedWhenTheySendACommand() {
        try (TestBroker broker = TestBroker.start();
                RawPeer peer = RawPeer.zmtp20(broker.clientsPort(), DEALER, "")) {
            peer.sendHex("04 07 04 50 49 4e 47 00 1e");

            peer.awaitEnd();
            broker.awaitCounter("violations.reserved-flags", 1);
        }
    }

    private static int workersPort(TestBroker broker) {
        return broker.broker().endpoints().get(1).endpoint().port();
    }

    private static String text(List<byte[]> message, int index) {
        return new String(message.get(index), UTF_8);
    }
}
