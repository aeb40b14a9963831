package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules that the core keeps, one test each, by their numbers in the architecture. */
class DispatcherRulesTest {

    private Scene scene = new Scene(new DispatchConfig(2, 100, 10, 40));

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void rule1GivesTasksOnlyToWorkersWithCredit() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> worker = scene.worker("worker");

        scene.ask(client, "a", "b", "c");
        assertThat(scene.effects()).isEmpty();

        scene.ready(worker, 2);
        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b");
        assertThat(worker.credit()).isZero();
        assertThat(worker.held()).isEqualTo(2);
    }

    @Test
    void rule2EndsEachRequestOnceAndReleasesItsPayloadThen() {
        Client<Payload> client = scene.client("client");
        scene.readyWorker("worker");
        scene.ask(client, "a");
        assertThat(scene.isReleased("a")).isFalse();

        AnswerResult first = scene.answer("a");
        AnswerResult second = scene.answer("a");

        assertThat(first).isEqualTo(AnswerResult.ANSWERED);
        assertThat(second).isEqualTo(AnswerResult.UNKNOWN);
        assertThat(scene.effects()).containsExactly("worker takes a", "client gets A for a");
        assertThat(scene.isReleased("a")).isTrue();
        assertThat(client.openRequests()).isZero();
    }

    @Test
    void rule3PutsARequestWhoseAttemptFailedBehindThoseThatWaitUntilItsAttemptsAreUsed() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.ask(client, "a", "b");

        scene.tickAt(100);
        scene.ready(worker, 2);
        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b", "worker takes a");

        scene.tickAt(200);
        assertThat(scene.effects()).containsExactly("client is refused a");
    }

    @Test
    void rule3PutsATaskThatWasNeverWrittenBackToTheFrontAtNoCost() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> dying = scene.readyWorker("dying");
        scene.ask(client, "a", "b");

        scene.dispatcher.onWorkerGone(dying, 0);
        scene.ready(scene.worker("worker"), 2);

        assertThat(scene.effects()).containsExactly("dying takes a", "worker takes a", "worker takes b");
        scene.tickAt(100);
        assertThat(scene.effects()).as("both were tried once").isEmpty();
    }

    @Test
    void rule4TakesALateAnswerOfAnEarlierAttemptWhileTheRequestRunsElsewhere() {
        Client<Payload> client = scene.client("client");
        scene.readyWorker("slow");
        scene.ask(client, "a");
        scene.tickAt(100);
        Worker<Payload> other = scene.readyWorker("other");

        AnswerResult ofSlow = scene.answer("a");
        AnswerResult ofOther = scene.answer("a");

        assertThat(ofSlow).isEqualTo(AnswerResult.ANSWERED);
        assertThat(ofOther).isEqualTo(AnswerResult.UNKNOWN);
        assertThat(scene.effects()).containsExactly("slow takes a", "other takes a", "client gets A for a");
        assertThat(other.held()).isZero();
        assertThat(scene.dispatcher.counters().unknownAnswers()).isEqualTo(1);
    }

    @Test
    void rule4TakesALateAnswerWhileTheRequestWaitsAgain() {
        Client<Payload> client = scene.client("client");
        scene.readyWorker("slow");
        scene.ask(client, "a");
        scene.tickAt(100);

        AnswerResult result = scene.answer("a");
        scene.readyWorker("other");

        assertThat(result).isEqualTo(AnswerResult.LATE);
        assertThat(scene.effects()).containsExactly("slow takes a", "client gets A for a");
    }

    @Test
    void rule5NoticesALostWorkerAtOnceButTakesItsAnswerWithinTheGrace() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> exiting = scene.worker("exiting");
        scene.ready(exiting, 2);
        scene.ask(client, "a", "b");
        scene.dispatcher.onWritten(exiting);
        scene.effects();

        scene.dispatcher.onWorkerGone(exiting, 20);
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(30);
        AnswerResult withinGrace = scene.answer("a");
        scene.readyWorker("other");
        scene.tickAt(30);

        assertThat(withinGrace).isEqualTo(AnswerResult.ANSWERED);
        assertThat(scene.effects()).containsExactly("client gets A for a", "other takes b");
    }

    @Test
    void rule6TellsAClientThatHasGoneNothing() {
        Client<Payload> kept = scene.client("kept", GonePolicy.RUN);
        Client<Payload> dropped = scene.client("dropped", GonePolicy.DROP);
        scene.ask(dropped, "a");
        scene.ask(kept, "b");
        scene.ask(dropped, "c");

        scene.dispatcher.onClientGone(kept, 0);
        scene.dispatcher.onClientGone(dropped, 0);
        scene.ready(scene.worker("worker"), 3);
        AnswerResult result = scene.answer("b");

        assertThat(scene.effects()).containsExactly("worker takes b");
        assertThat(result).isEqualTo(AnswerResult.CLIENT_GONE);
        assertThat(scene.isReleased("a")).isTrue();
        assertThat(scene.isReleased("b")).isTrue();
    }

    @Test
    void rule7StopsReadingThoseWhoAskAtTheLimitAndDropsNothing() {
        Client<Payload> client = scene.client("client");

        scene.ask(client, "a", "b", "c", "d", "e");
        scene.ready(scene.worker("worker"), 5);
        scene.answer("a");
        scene.answer("b");

        assertThat(scene.effects())
                .containsExactly(
                        "pause",
                        "worker takes a",
                        "worker takes b",
                        "worker takes c",
                        "worker takes d",
                        "worker takes e",
                        "client gets A for a",
                        "client gets B for b",
                        "resume");
    }

    @Test
    void rule8TakesTheTimeAsAnArgumentAlsoWhereTheClockOverflows() {
        scene.now = Long.MAX_VALUE - 30;
        Client<Payload> client = scene.client("client");
        scene.readyWorker("worker");
        scene.ask(client, "a");
        scene.readyWorker("other");

        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(Long.MIN_VALUE + 69);
        scene.tickAt(Long.MAX_VALUE);
        scene.tickAt(Long.MIN_VALUE + 68);
        assertThat(scene.effects()).containsExactly("worker takes a");

        scene.tickAt(Long.MIN_VALUE + 69);
        assertThat(scene.effects()).containsExactly("other takes a");
    }
}
