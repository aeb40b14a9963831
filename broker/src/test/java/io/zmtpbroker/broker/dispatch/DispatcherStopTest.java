package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The broker stops: first nothing is handed out any more, then everything ends. */
class DispatcherStopTest {

    private final Scene scene = new Scene(new DispatchConfig(2, 100, 10, Long.MAX_VALUE));

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void handsOutNothingAfterStopAssigning() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.ask(client, "a");

        scene.dispatcher.stopAssigning();
        scene.ready(worker, 5);
        scene.ask(client, "b");
        scene.tickAt(100);

        assertThat(scene.effects()).containsExactly("worker takes a");
        assertThat(scene.dispatcher.snapshot().waiting()).isEqualTo(2);
    }

    @Test
    void deliversAnswersOfWhatStillRuns() {
        Client<Payload> client = scene.client("client");
        scene.readyWorker("worker");
        scene.ask(client, "a");
        scene.dispatcher.stopAssigning();
        assertThat(scene.dispatcher.isRunningEmpty()).isFalse();

        scene.answer("a");

        assertThat(scene.effects()).containsExactly("worker takes a", "client gets A for a");
        assertThat(scene.dispatcher.isRunningEmpty()).isTrue();
    }

    @Test
    void waitsForWhatIsInItsGrace() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.ask(client, "a");
        scene.dispatcher.onWritten(worker);
        scene.dispatcher.stopAssigning();

        scene.dispatcher.onWorkerGone(worker, 0);
        assertThat(scene.dispatcher.runningCount()).isEqualTo(1);

        scene.tickAt(10);
        assertThat(scene.dispatcher.runningCount()).isZero();
    }

    @Test
    void failsEveryRequestInEveryState() {
        Client<Payload> client = scene.client("client");
        Client<Payload> gone = scene.client("gone", GonePolicy.RUN);
        Client<Payload> blocked = scene.client("blocked");
        Worker<Payload> lost = scene.readyWorker("lost");
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.ask(client, "in grace", "running");
        scene.dispatcher.onWritten(lost);
        scene.dispatcher.onWorkerGone(lost, 0);
        scene.dispatcher.onClientBlocked(blocked);
        scene.ask(blocked, "parked");
        scene.ready(worker);
        scene.ask(gone, "running too");
        scene.ask(client, "waiting");
        scene.dispatcher.onClientGone(gone, 0);
        scene.effects();
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(1);

        scene.dispatcher.failAll(0);

        assertThat(scene.effects())
                .containsExactly(
                        "client is refused in grace",
                        "client is refused running",
                        "client is refused waiting",
                        "blocked is refused parked");
        assertThat(scene.dispatcher.counters().failed(FailureReason.STOPPED)).isEqualTo(5);
        assertThat(worker.held()).isZero();
    }

    @Test
    void failsAtOnceWhatComesAfterFailAll() {
        Client<Payload> client = scene.client("client");
        scene.readyWorker("worker");
        scene.dispatcher.failAll(0);

        scene.ask(client, "a");

        assertThat(scene.effects()).containsExactly("client is refused a");
        assertThat(scene.isReleased("a")).isTrue();
    }

    @Test
    void knowsNoAnswerAfterFailAll() {
        Client<Payload> client = scene.client("client");
        scene.readyWorker("worker");
        scene.ask(client, "a");
        scene.dispatcher.failAll(0);

        assertThat(scene.answer("a")).isEqualTo(AnswerResult.UNKNOWN);
    }
}
