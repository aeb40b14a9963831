package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that give themselves a name: who comes back, who is there twice. */
@ExtendWith(LeakCheck.class)
class RoutingIdTest {

    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);

    @Test
    void givesAClientThatHasComeBackTheReplyToWhatItAskedBefore() {
        try (TestBroker broker = TestBroker.start();
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer()) {
            RawPeer before = broker.client("REQ", "alice");
            before.sendMessage("", "question");
            broker.await(held -> held.waiting() == 1);
            before.hangUp();
            broker.await(held -> held.clients() == 0);

            try (RawPeer after = broker.client("REQ", "alice")) {
                worker.sendMessage("", "fetch");
                answers.sendMessage(worker.receive().get(1), ANSWER);

                assertThat(after.receiveText()).containsExactly("", "answer");
            }
        }
    }

    @Test
    void handsAClientThatIsThereTwiceOverToItsNewConnectionAndClosesTheOldOne() {
        try (TestBroker broker = TestBroker.start();
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer();
                RawPeer old = broker.client("DEALER", "alice")) {
            old.sendMessage("", "question");
            broker.await(held -> held.waiting() == 1);

            try (RawPeer young = broker.client("DEALER", "alice")) {
                assertThat(old.awaitEnd()).isTrue();
                worker.sendMessage("", "fetch");
                answers.sendMessage(worker.receive().get(1), ANSWER);

                assertThat(young.receiveText()).containsExactly("", "answer");
                assertThat(broker.counter("connections.replaced")).isOne();
                assertThat(broker.broker().snapshot().clients()).isOne();
            }
        }
    }

    @Test
    void refusesASecondClientOfANameWithErrorWhereThatIsConfigured() {
        Endpoint refusing = Endpoint.parse("tcp://127.0.0.1:*?duplicate=refuse");
        Endpoint any = Endpoint.parse("tcp://127.0.0.1:*");
        try (TestBroker broker = TestBroker.start(BrokerConfig.builder(refusing, any, any));
                RawPeer first = broker.client("REQ", "alice")) {
            first.sendMessage("", "question");
            broker.await(held -> held.waiting() == 1);

            try (RawPeer second = RawPeer.silent(broker.clientsPort())) {
                second.send(RawPeer.greeting());
                second.send(RawPeer.ready("REQ", "alice"));
                second.octets(64);

                assertThat(new String(second.command(), StandardCharsets.US_ASCII))
                        .contains("ERROR", "Routing id in use");
                second.awaitEnd();
            }
            first.hangUp();
            broker.await(held -> held.clients() == 0);
            try (RawPeer again = broker.client("REQ", "alice");
                    RawPeer worker = broker.worker()) {
                worker.sendMessage("", "fetch");
                assertThat(worker.receiveText()).contains("question");
                assertThat(again.hearsNothingFor(1)).isTrue();
            }
        }
    }
}
