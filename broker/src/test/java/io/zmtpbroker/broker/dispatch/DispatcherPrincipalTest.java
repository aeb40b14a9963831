package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An answer counts if it comes of somebody who was handed the request. */
class DispatcherPrincipalTest {

    private static final Principal ALICE = new Principal("alice");
    private static final Principal MALLORY = new Principal("mallory");

    private final Scene scene = new Scene(new DispatchConfig(0, 100, 50, 0, Long.MAX_VALUE));

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void refusesTheAnswerOfAnotherAndTakesThatOfTheOneWhoFetched() {
        Client<Payload> client = scene.client("client");
        ready(ALICE, WorkerKind.ANSWERS_ELSEWHERE);
        scene.ask(client, "a");

        assertThat(scene.answer(MALLORY, "a")).isEqualTo(AnswerResult.NOT_THEIRS);
        assertThat(scene.answer(Principal.ANYBODY, "a")).isEqualTo(AnswerResult.NOT_THEIRS);
        assertThat(client.openRequests()).isOne();
        assertThat(scene.answer(ALICE, "a")).isEqualTo(AnswerResult.ANSWERED);
        assertThat(scene.dispatcher.counters().foreignAnswers()).isEqualTo(2);
        assertThat(scene.dispatcher.counters().unknownAnswers()).isZero();
    }

    @Test
    void takesALateAnswerOfTheOneWhoFetchedBeforeAnotherDid() {
        Client<Payload> client = scene.client("client");
        ready(ALICE, WorkerKind.ANSWERS_ELSEWHERE);
        scene.ask(client, "a", "b");
        scene.tickAt(100);
        ready(MALLORY, WorkerKind.ANSWERS_ELSEWHERE);
        ready(MALLORY, WorkerKind.ANSWERS_ELSEWHERE);

        assertThat(scene.effects()).containsExactly("alice takes a", "mallory takes b", "mallory takes a");
        assertThat(scene.answer(ALICE, "b")).isEqualTo(AnswerResult.NOT_THEIRS);
        assertThat(scene.answer(ALICE, "a")).isEqualTo(AnswerResult.ANSWERED);
        assertThat(scene.answer(MALLORY, "b")).isEqualTo(AnswerResult.ANSWERED);
    }

    @Test
    void takesTheAnswerOfAnotherConnectionOfTheSameUserWhileTheGraceRuns() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> worker = ready(ALICE, WorkerKind.ANSWERS_ELSEWHERE);
        scene.ask(client, "a");
        scene.dispatcher.onWritten(worker);
        scene.dispatcher.onWorkerGone(worker, scene.now);

        assertThat(scene.answer(MALLORY, "a")).isEqualTo(AnswerResult.NOT_THEIRS);
        assertThat(scene.answer(ALICE, "a")).isEqualTo(AnswerResult.ANSWERED);
    }

    @Test
    void refusesTheAnswerAndThePartsOfAWorkerOfAnother() {
        Client<Payload> client = scene.streamClient("client", GonePolicy.RUN);
        ready(ALICE, WorkerKind.ANSWERS_HERE);
        scene.ask(client, "a");
        Worker<Payload> other = ready(MALLORY, WorkerKind.ANSWERS_HERE);

        assertThat(scene.partial(other, "a", "part")).isEqualTo(PartialResult.NOT_THEIRS);
        assertThat(scene.answer(other, "a")).isEqualTo(AnswerResult.NOT_THEIRS);
        assertThat(scene.dispatcher.counters().foreignAnswers()).isEqualTo(2);
        assertThat(scene.effects()).containsExactly("alice takes a");
    }

    @Test
    void refusesTheAnswerToWhatNobodyHasFetched() {
        Client<Payload> client = scene.client("client");
        scene.ask(client, "a");

        assertThat(scene.answer(ALICE, "a")).isEqualTo(AnswerResult.NOT_THEIRS);
        assertThat(client.openRequests()).isOne();
    }

    @Test
    void doesNotTakeAnObjectThatIsUsedAgainForTheRequestOfBefore() {
        Client<Payload> client = scene.client("client");
        ready(ALICE, WorkerKind.ANSWERS_ELSEWHERE);
        scene.ask(client, "a");
        scene.answer(ALICE, "a");
        scene.ask(client, "b");

        assertThat(scene.answer(ALICE, "b")).isEqualTo(AnswerResult.NOT_THEIRS);
    }

    private Worker<Payload> ready(Principal principal, WorkerKind kind) {
        Worker<Payload> worker = scene.worker(principal.name(), scene.service, kind, principal);
        scene.ready(worker);
        return worker;
    }
}
