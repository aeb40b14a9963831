package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that a worker never received, or may not have received, though they were written to it. */
class DispatcherReturnsTest {

    private Scene scene = new Scene(new DispatchConfig(1, 100, 10, Long.MAX_VALUE));
    private final Client<Payload> client = scene.client("client");

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void putsAReturnedTaskToTheFrontAtNoCost() {
        Worker<Payload> silent = silentWorkerWith("a", "b");

        assertThat(scene.returned(silent, "a")).isTrue();
        assertThat(silent.credit()).isZero();
        assertThat(silent.held()).isZero();
        scene.ready(scene.worker("worker"), 2);

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b");
        assertThat(scene.dispatcher.counters().returnedUnreceived()).isEqualTo(1);
        assertThat(scene.dispatcher.counters().failed(FailureReason.ATTEMPTS_USED))
                .isZero();
    }

    @Test
    void handsAReturnedTaskToAnIdleWorkerAtOnce() {
        Worker<Payload> silent = silentWorkerWith("a");
        scene.readyWorker("other");

        scene.returned(silent, "a");

        assertThat(scene.effects()).containsExactly("other takes a");
    }

    @Test
    void putsATaskInItsGraceToTheFrontAtNoCost() {
        Worker<Payload> silent = silentWorkerWith("a", "b");
        scene.dispatcher.onWorkerGone(silent, 0);

        assertThat(scene.returned(silent, "a")).isTrue();
        assertThat(scene.dispatcher.hasDeadline()).isFalse();
        scene.ready(scene.worker("worker"), 2);

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b");
    }

    @Test
    void setsATaskInItsGraceAsideWithTheOthersOfItsBlockedClient() {
        Worker<Payload> silent = silentWorkerWith("a", "b");
        scene.dispatcher.onWorkerGone(silent, 0);
        scene.dispatcher.onClientBlocked(client);
        scene.ready(scene.worker("worker"), 2);
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(1);

        scene.returned(silent, "a");
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(2);
        scene.dispatcher.onClientUnblocked(client, 0);

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b");
    }

    @Test
    void ignoresAReturnOfWhatTheWorkerDoesNotHold() {
        scene = new Scene(new DispatchConfig(2, 100, 10, Long.MAX_VALUE));
        Client<Payload> asking = scene.client("client");
        Worker<Payload> slow = scene.readyWorker("slow");
        scene.ask(asking, "a");
        scene.tickAt(100);

        assertThat(scene.returned(slow, "a")).as("it waits").isFalse();
        Worker<Payload> other = scene.readyWorker("other");
        assertThat(scene.returned(slow, "a")).as("another holds it").isFalse();
        assertThat(scene.returnUnlessAnswered(slow, "a")).isFalse();
        scene.answer("a");
        assertThat(scene.returned(other, "a")).as("it has ended").isFalse();
        assertThat(scene.returnUnlessAnswered(other, "a")).isFalse();

        assertThat(scene.dispatcher.counters().returnedUnreceived()).isZero();
    }

    @Test
    void failsAReturnedRequestThatWasAnsweredInPart() {
        Client<Payload> streaming = scene.streamClient("streaming", GonePolicy.RUN);
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.ask(streaming, "a");
        scene.partial(worker, "a", "1");

        assertThat(scene.returned(worker, "a")).isFalse();

        assertThat(scene.effects())
                .containsExactly("worker takes a", "streaming hears 1 of a", "streaming is refused a");
    }

    @Test
    void takesTheAnswerToADoubtfulTaskWithinTheGrace() {
        Worker<Payload> silent = silentWorkerWith("a");

        assertThat(scene.returnUnlessAnswered(silent, "a")).isTrue();
        scene.tickAt(9);

        assertThat(scene.answer("a")).isEqualTo(AnswerResult.ANSWERED);
        assertThat(scene.effects()).containsExactly("client gets A for a");
    }

    @Test
    void returnsADoubtfulTaskAtNoCostWhenTheGraceIsOver() {
        Worker<Payload> silent = silentWorkerWith("a", "b");

        scene.returnUnlessAnswered(silent, "a");
        assertThat(silent.held()).isZero();
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(10);
        scene.dispatcher.onWorkerGone(silent, 5);
        scene.tickAt(10);
        scene.ready(scene.worker("worker"), 2);

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b");
        assertThat(scene.dispatcher.counters().returnedUnreceived()).isEqualTo(1);
    }

    @Test
    void returnsADoubtfulTaskOfALostWorkerWhenItsGraceIsOver() {
        Worker<Payload> silent = silentWorkerWith("a");
        scene.dispatcher.onWorkerGone(silent, 0);

        scene.now = 5;
        assertThat(scene.returnUnlessAnswered(silent, "a")).isTrue();
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(10);
        scene.tickAt(10);
        scene.readyWorker("worker");

        assertThat(scene.effects()).containsExactly("worker takes a");
    }

    @Test
    void returnsADoubtfulTaskAtOnceWithoutAGrace() {
        scene = new Scene(new DispatchConfig(1, 100, 0, Long.MAX_VALUE));
        Client<Payload> asking = scene.client("client");
        Worker<Payload> silent = scene.readyWorker("silent");
        scene.readyWorker("other");
        scene.ask(asking, "a");
        scene.dispatcher.onWritten(silent);

        assertThat(scene.returnUnlessAnswered(silent, "a")).isTrue();

        assertThat(scene.effects()).containsExactly("silent takes a", "other takes a");
    }

    @Test
    void countsTheNextAttemptAsUsual() {
        Worker<Payload> silent = silentWorkerWith("a");
        scene.returnUnlessAnswered(silent, "a");
        scene.tickAt(10);
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.dispatcher.onWritten(worker);
        scene.effects();

        scene.dispatcher.onWorkerGone(worker, 10);
        scene.tickAt(20);

        assertThat(scene.effects()).containsExactly("client is refused a");
    }

    /** A worker that holds the first of these, written; the others wait. */
    private Worker<Payload> silentWorkerWith(String... names) {
        Worker<Payload> silent = scene.readyWorker("silent");
        scene.ask(client, names);
        scene.dispatcher.onWritten(silent);
        scene.effects();
        return silent;
    }
}
