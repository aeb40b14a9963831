package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The orderly end of the whole broker: what it still answers, and how it lets its peers go. */
@ExtendWith(LeakCheck.class)
class StoppingTest {

    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);

    @Test
    void failsWhatClientsHadSentWhileTheyWereNotReadWhenItStops() throws Exception {
        int requests = 300;
        TestBroker broker =
                TestBroker.start(config -> config.maxQueuedBytes(10_000).maxQueuedBytesPerClient(10_000));
        try (RawPeer client = broker.client("DEALER")) {
            for (int i = 0; i < requests; i++) {
                client.sendMessage(new byte[0], new byte[1000]);
            }
            broker.await(held -> held.queuedOctets() >= 10_000);

            CompletableFuture<?> stopped = broker.broker().stop();

            for (int i = 0; i < requests; i++) {
                assertThat(client.receiveText()).containsExactly("", "");
            }
            assertThat(client.awaitEnd()).isTrue();
            client.hangUp();
            stopped.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void letsRunningAttemptsEndAndFailsTheRestWhenItStops() throws Exception {
        TestBroker broker = TestBroker.start(config -> config.drain(Duration.ofSeconds(30)));
        try (RawPeer served = broker.client("REQ");
                RawPeer waiting = broker.client("REQ");
                RawPeer worker = broker.worker();
                RawPeer answers = broker.answerer()) {
            worker.sendMessage("", "fetch");
            served.sendMessage("", "runs");
            byte[] id = worker.receive().get(1);
            waiting.sendMessage("", "waits");
            broker.await(held -> held.waiting() == 1 && held.running() == 1);

            CompletableFuture<?> stopped = broker.broker().stop();
            assertThat(broker.broker().snapshot().running())
                    .as("asked after the stop has begun")
                    .isOne();
            worker.sendMessage("", "fetch");
            answers.sendMessage(id, ANSWER);

            assertThat(served.receiveText()).containsExactly("", "answer");
            assertThat(waiting.receiveText()).containsExactly("", "");
            assertThat(served.awaitEnd()).as("ended with FIN").isTrue();
            assertThat(waiting.awaitEnd()).as("ended with FIN").isTrue();
            served.hangUp();
            waiting.hangUp();
            worker.hangUp();
            answers.hangUp();
            stopped.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void failsWhatRunsWhenTheTimeToDrainIsOver() throws Exception {
        TestBroker broker = TestBroker.start(config -> config.drain(Duration.ofMillis(50)));
        try (RawPeer client = broker.client("REQ");
                RawPeer worker = broker.worker()) {
            worker.sendMessage("", "fetch");
            client.sendMessage("", "runs");
            worker.receive();

            CompletableFuture<?> stopped = broker.broker().stop();

            assertThat(client.receiveText()).containsExactly("", "");
            assertThat(client.awaitEnd()).isTrue();
            client.hangUp();
            worker.hangUp();
            stopped.get(5, TimeUnit.SECONDS);
        }
    }
}
