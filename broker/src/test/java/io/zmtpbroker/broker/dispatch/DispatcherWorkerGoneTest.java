package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection of a worker is lost while it is idle or holds tasks. */
class DispatcherWorkerGoneTest {

    private Scene scene = new Scene(new DispatchConfig(2, 100, 10, Long.MAX_VALUE));

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void handsNothingToAnIdleWorkerThatHasGone() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.readyWorker("gone");

        scene.dispatcher.onWorkerGone(gone, 0);
        scene.dispatcher.onWorkerGone(gone, 0);
        scene.ready(gone);
        scene.ask(client, "a");

        assertThat(scene.effects()).isEmpty();
        assertThat(gone.credit()).isZero();
        assertThat(scene.dispatcher.snapshot().workers()).isZero();
        assertThat(scene.dispatcher.snapshot().idleWorkers()).isZero();
    }

    @Test
    void returnsUnwrittenTasksInTheirOrderAndGivesTheirAttemptsBack() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.worker("gone");
        scene.ready(gone, 3);
        scene.ask(client, "a", "b", "c", "d");
        scene.effects();

        scene.dispatcher.onWorkerGone(gone, 0);
        assertThat(scene.dispatcher.counters().returnedUnwritten()).isEqualTo(3);
        scene.ready(scene.worker("worker"), 4);

        assertThat(scene.effects())
                .containsExactly("worker takes a", "worker takes b", "worker takes c", "worker takes d");
        scene.tickAt(100);
        assertThat(scene.dispatcher.counters().retriedTimeout()).isEqualTo(4);
    }

    @Test
    void returnsUnwrittenTasksToAnotherIdleWorkerAtOnce() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.readyWorker("gone");
        scene.readyWorker("other");
        scene.ask(client, "a");

        scene.dispatcher.onWorkerGone(gone, 0);

        assertThat(scene.effects()).containsExactly("gone takes a", "other takes a");
    }

    @Test
    void givesAGraceToWrittenTasksAndReturnsTheOthers() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.worker("gone");
        scene.ready(gone, 4);
        scene.ask(client, "a", "b");
        scene.dispatcher.onWritten(gone);
        scene.ask(client, "c", "d", "e");
        scene.ready(scene.worker("other"), 1);
        scene.effects();

        scene.dispatcher.onWorkerGone(gone, 0);
        Worker<Payload> worker = scene.worker("worker");
        scene.ready(worker, 4);
        assertThat(scene.effects()).containsExactly("worker takes c", "worker takes d");
        assertThat(scene.dispatcher.runningCount()).isEqualTo(5);

        scene.tickAt(10);
        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b");
        assertThat(scene.dispatcher.counters().retriedWorkerGone()).isEqualTo(2);
    }

    @Test
    void failsARequestOfALostWorkerWhenItsAttemptsAreUsed() {
        scene = new Scene(new DispatchConfig(1, 0, 10, Long.MAX_VALUE));
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.readyWorker("gone");
        scene.ask(client, "a");
        scene.dispatcher.onWritten(gone);
        scene.effects();

        scene.dispatcher.onWorkerGone(gone, 0);
        scene.tickAt(9);
        assertThat(scene.effects()).isEmpty();

        scene.tickAt(10);
        assertThat(scene.effects()).containsExactly("client is refused a");
    }

    @Test
    void triesAgainAtOnceWithoutAGrace() {
        scene = new Scene(new DispatchConfig(2, 0, 0, Long.MAX_VALUE));
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.worker("gone");
        scene.ready(gone, 2);
        scene.ask(client, "a", "b", "c");
        scene.dispatcher.onWritten(gone);
        scene.effects();

        scene.dispatcher.onWorkerGone(gone, 0);
        scene.ready(scene.worker("worker"), 3);

        assertThat(scene.effects()).containsExactly("worker takes c", "worker takes a", "worker takes b");
    }

    @Test
    void keepsTheDeadlineThatIsSoonerThanTheGrace() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.readyWorker("gone");
        scene.ask(client, "a");
        scene.dispatcher.onWritten(gone);

        scene.dispatcher.onWorkerGone(gone, 95);

        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(100);
        scene.readyWorker("other");
        scene.tickAt(100);
        assertThat(scene.effects()).containsExactly("gone takes a", "other takes a");
    }

    @Test
    void takesTheAnswerOfALostWorkerThatComesAfterTheGrace() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.readyWorker("gone");
        scene.ask(client, "a");
        scene.dispatcher.onWritten(gone);
        scene.dispatcher.onWorkerGone(gone, 0);
        scene.tickAt(10);

        AnswerResult result = scene.answer("a");

        assertThat(result).isEqualTo(AnswerResult.LATE);
        assertThat(scene.effects()).containsExactly("gone takes a", "client gets A for a");
    }

    @Test
    void takesTheAnswerToATaskThatWasReturnedAsUnwritten() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.readyWorker("gone");
        scene.ask(client, "a");
        scene.dispatcher.onWorkerGone(gone, 0);

        AnswerResult result = scene.answer("a");

        assertThat(result).isEqualTo(AnswerResult.LATE);
    }

    @Test
    void leavesAloneWhatALostWorkerHeldBeforeAndAnotherHoldsNow() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> slow = scene.readyWorker("slow");
        scene.ask(client, "a");
        scene.dispatcher.onWritten(slow);
        scene.tickAt(100);
        Worker<Payload> other = scene.readyWorker("other");
        scene.effects();

        scene.dispatcher.onWorkerGone(slow, 100);
        scene.tickAt(110);

        assertThat(other.held()).isEqualTo(1);
        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void countsATaskAssignedAfterTheLastWriteAsUnwritten() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.readyWorker("gone");
        scene.ask(client, "a");
        scene.dispatcher.onWritten(gone);
        scene.answer("a");
        scene.ready(gone);
        scene.ask(client, "b");

        scene.dispatcher.onWorkerGone(gone, 0);

        assertThat(scene.dispatcher.counters().returnedUnwritten()).isEqualTo(1);
        assertThat(scene.dispatcher.snapshot().waiting()).isEqualTo(1);
    }

    @Test
    void failsAtOnceWhatWasWrittenToALostWorkerThatAnswersHere() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> gone = scene.answeringHere("gone");
        scene.ready(gone, 3);
        scene.ask(client, "a", "b");
        scene.dispatcher.onWritten(gone);
        scene.ask(client, "c");
        scene.effects();

        scene.dispatcher.onWorkerGone(gone, 0);
        assertThat(scene.dispatcher.hasDeadline()).isFalse();
        scene.ready(scene.worker("worker"), 3);

        assertThat(scene.effects()).containsExactly("worker takes c", "worker takes a", "worker takes b");
        assertThat(scene.dispatcher.counters().retriedWorkerGone()).isEqualTo(2);
        assertThat(scene.dispatcher.counters().returnedUnwritten()).isEqualTo(1);
    }

    @Test
    void failsAtOnceWhatWasWrittenToAWorkerThatLeft() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> leaving = scene.worker("leaving");
        scene.ready(leaving, 2);
        scene.ask(client, "a");
        scene.dispatcher.onWritten(leaving);
        scene.readyWorker("other");
        scene.effects();

        scene.dispatcher.onWorkerLeft(leaving, 0);
        scene.dispatcher.onWorkerGone(leaving, 0);
        scene.ask(client, "b");

        assertThat(scene.effects()).containsExactly("other takes a");
        assertThat(scene.dispatcher.snapshot().workers()).isEqualTo(1);
    }

    @Test
    void retriesAllThatALostWorkerWithMuchCreditHeldAndFailsWhatWasTriedBefore() {
        scene = new Scene(new DispatchConfig(2, 100, 10, Long.MAX_VALUE));
        Client<Payload> client = scene.client("client");
        scene.ask(client, "a", "b", "c", "d");
        Worker<Payload> first = scene.answeringHere("first");
        scene.ready(first, 1);
        scene.dispatcher.onWritten(first);
        scene.dispatcher.onWorkerGone(first, 0);
        Worker<Payload> dying = scene.answeringHere("dying");
        scene.ready(dying, 3);
        scene.answer(dying, "b");
        scene.ready(dying, 1);
        scene.dispatcher.onWritten(dying);
        assertThat(dying.held()).isEqualTo(3);
        scene.effects();

        scene.dispatcher.onWorkerGone(dying, 0);
        scene.ready(scene.answeringHere("worker"), 3);

        assertThat(scene.effects()).containsExactly("client is refused a", "worker takes c", "worker takes d");
    }
}
