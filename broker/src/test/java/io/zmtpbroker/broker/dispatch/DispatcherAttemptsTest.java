package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hand-outs, deadlines and retries, while all peers stay. */
class DispatcherAttemptsTest {

    private Scene scene = new Scene(new DispatchConfig(3, 100, 10, Long.MAX_VALUE));

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void failsTheRequestWhenEveryAttemptTimesOut() {
        Client<Payload> client = scene.client("client");
        scene.ready(scene.worker("worker"), 5);

        scene.ask(client, "a");
        scene.tickAt(100);
        scene.tickAt(200);
        scene.tickAt(300);

        assertThat(scene.effects())
                .containsExactly("worker takes a", "worker takes a", "worker takes a", "client is refused a");
        assertThat(scene.dispatcher.counters().retriedTimeout()).isEqualTo(2);
        assertThat(scene.dispatcher.counters().failed(FailureReason.ATTEMPTS_USED))
                .isEqualTo(1);
        assertThat(scene.answer("a")).isEqualTo(AnswerResult.UNKNOWN);
    }

    @Test
    void retriesForEverWithoutALimit() {
        scene = new Scene(new DispatchConfig(0, 100, 0, Long.MAX_VALUE));
        Client<Payload> client = scene.client("client");
        scene.ready(scene.worker("worker"), 1000);
        scene.ask(client, "a");

        for (int attempt = 1; attempt < 1000; attempt++) {
            scene.tickAt(attempt * 100L);
        }

        assertThat(scene.effects()).isEqualTo(Collections.nCopies(1000, "worker takes a"));
    }

    @Test
    void setsNoDeadlineWithoutATimeout() {
        scene = new Scene(Scene.UNLIMITED);
        Client<Payload> client = scene.client("client");
        scene.readyWorker("worker");
        scene.ask(client, "a");

        scene.tickAt(Long.MAX_VALUE);

        assertThat(scene.dispatcher.hasDeadline()).isFalse();
        assertThat(scene.effects()).containsExactly("worker takes a");
    }

    @Test
    void expiresNothingBeforeItsTime() {
        Client<Payload> client = scene.client("client");
        scene.ready(scene.worker("worker"), 2);
        scene.ask(client, "a");
        scene.effects();

        assertThat(scene.dispatcher.hasDeadline()).isTrue();
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(100);
        scene.tickAt(99);

        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void cancelsTheDeadlineOfAnAnsweredRequest() {
        Client<Payload> client = scene.client("client");
        scene.readyWorker("worker");
        scene.ask(client, "a");

        scene.answer("a");

        assertThat(scene.dispatcher.hasDeadline()).isFalse();
    }

    @Test
    void retriesInTheOrderOfTheHandOutsWhenSeveralDeadlinesCoincide() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> worker = scene.worker("worker");
        scene.ready(worker, 4);
        scene.ask(client, "a", "b", "c", "d");
        scene.effects();

        scene.tickAt(150);
        scene.ready(worker, 4);

        assertThat(scene.effects())
                .containsExactly("worker takes a", "worker takes b", "worker takes c", "worker takes d");
    }

    @Test
    void servesTheLongestIdleWorkerFirst() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> first = scene.readyWorker("first");
        scene.readyWorker("second");
        scene.ask(client, "a");
        scene.ready(first);

        scene.ask(client, "b", "c");

        assertThat(scene.effects()).containsExactly("first takes a", "second takes b", "first takes c");
    }

    @Test
    void takesTurnsBetweenWorkersWithCreditLeft() {
        Client<Payload> client = scene.client("client");
        scene.ready(scene.worker("first"), 3);
        scene.ready(scene.worker("second"), 1);

        scene.ask(client, "a", "b", "c", "d");

        assertThat(scene.effects())
                .containsExactly("first takes a", "second takes b", "first takes c", "first takes d");
    }

    @Test
    void keepsTheFirstAttemptOfAWorkerThatFetchesAgain() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.ask(client, "a", "b");

        scene.ready(worker);
        assertThat(worker.held()).isEqualTo(2);
        AnswerResult result = scene.answer("a");

        assertThat(result).isEqualTo(AnswerResult.ANSWERED);
        assertThat(worker.held()).isEqualTo(1);
        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b", "client gets A for a");
    }

    @Test
    void givesAWorkerTheSameRequestAgainWhenItDroppedTheFirstAttempt() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.ask(client, "a");
        scene.ready(worker);

        scene.tickAt(100);

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes a");
        assertThat(worker.held()).isEqualTo(1);
    }

    @Test
    void knowsNoAnswerWhoseSecondHalfOfTheIdIsWrong() {
        Client<Payload> client = scene.client("client");
        scene.readyWorker("worker");
        scene.ask(client, "a");

        AnswerResult result = scene.dispatcher.onAnswer(Principal.ANYBODY, 1, 1, new Payload("forged"), 0);

        assertThat(result).isEqualTo(AnswerResult.UNKNOWN);
        assertThat(client.openRequests()).isEqualTo(1);
    }

    @Test
    void saturatesTheCreditOfAWorkerThatAsksForTooMuch() {
        Worker<Payload> worker = scene.worker("worker");

        scene.ready(worker, Integer.MAX_VALUE);
        scene.ready(worker, Integer.MAX_VALUE);

        assertThat(worker.credit()).isEqualTo(Integer.MAX_VALUE);
        assertThat(scene.dispatcher.snapshot().idleWorkers()).isEqualTo(1);
    }

    @Test
    void refusesCreditThatIsNone() {
        Worker<Payload> worker = scene.worker("worker");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.dispatcher.onReady(worker, 0, 0))
                .withMessageContaining("0");
    }

    @Test
    void tellsPortsTheAttemptAndTheCharge() {
        Client<Payload> client = scene.client("client");
        StringBuilder seen = new StringBuilder();
        Worker<Payload> worker = scene.workerOn(r -> seen.append(r.attempts())
                .append(' ')
                .append(r.octets())
                .append(' ')
                .append(r.client() == client)
                .append(' ')
                .append(r.service())
                .append('\n'));
        scene.ask(client, scene.dispatcher.service("echo"), "other", 0);

        scene.ask(client, "a");
        scene.ready(worker, 2);
        scene.tickAt(100);

        assertThat(seen).hasToString("1 10 true \n2 10 true \n");
    }
}
