package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that come in parts. */
class DispatcherPartialsTest {

    private Scene scene = new Scene(new DispatchConfig(3, 100, 10, Long.MAX_VALUE));

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void passesPartsOnInTheirOrderAndThenTheAnswer() {
        Worker<Payload> worker = workerWith(streamClient());

        PartialResult first = scene.partial(worker, "a", "1");
        PartialResult second = scene.partial(worker, "a", "2");
        AnswerResult last = scene.answer(worker, "a");

        assertThat(first).isEqualTo(PartialResult.DELIVERED);
        assertThat(second).isEqualTo(PartialResult.DELIVERED);
        assertThat(last).isEqualTo(AnswerResult.ANSWERED);
        assertThat(scene.effects())
                .containsExactly("client hears 1 of a", "client hears 2 of a", "client gets A for a");
        assertThat(scene.dispatcher.counters().deliveredPartials()).isEqualTo(2);
    }

    @Test
    void leavesPartsToTheCallerForAClientThatTakesOneReply() {
        Worker<Payload> worker = workerWith(scene.client("client"));

        PartialResult result = scene.partial(worker, "a", "1");

        assertThat(result).isEqualTo(PartialResult.GATHER);
        assertThat(scene.effects()).isEmpty();
        assertThat(scene.dispatcher.counters().gatheredPartials()).isEqualTo(1);
    }

    @Test
    void retriesARequestWhosePartsWereOnlyGathered() {
        Worker<Payload> worker = workerWith(scene.client("client"));
        scene.partial(worker, "a", "1");

        scene.dispatcher.onWorkerLeft(worker, 0);
        scene.readyWorker("other");

        assertThat(scene.effects()).containsExactly("other takes a");
    }

    @Test
    void takesAPartAsASignOfLifeWhetherDeliveredOrGathered() {
        Worker<Payload> one = workerWith(streamClient());
        Worker<Payload> other = scene.answeringHere("other");
        scene.ready(other);
        scene.ask(scene.client("single"), "b");
        scene.effects();

        scene.now = 60;
        scene.partial(one, "a", "1");
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(100);
        scene.partial(other, "b", "1");
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(160);
        scene.tickAt(159);

        assertThat(one.held()).isEqualTo(1);
        assertThat(other.held()).isEqualTo(1);
    }

    @Test
    void takesNoSignOfLifeFromAnEarlierAttempt() {
        Worker<Payload> slow = workerWith(streamClient());
        scene.tickAt(100);
        scene.readyWorker("other");

        scene.now = 150;
        scene.partial(slow, "a", "1");

        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(200);
    }

    @Test
    void failsARequestWhoseStreamStops() {
        Worker<Payload> worker = workerWith(streamClient());
        scene.partial(worker, "a", "1");
        scene.effects();

        scene.tickAt(100);

        thenTheStreamIsBroken();
        assertThat(scene.partial(worker, "a", "2")).isEqualTo(PartialResult.UNKNOWN);
    }

    @Test
    void failsARequestWhoseStreamEndsWithItsWorker() {
        Worker<Payload> worker = workerWith(streamClient());
        scene.dispatcher.onWritten(worker);
        scene.partial(worker, "a", "1");
        scene.effects();

        scene.dispatcher.onWorkerGone(worker, 0);

        thenTheStreamIsBroken();
    }

    @Test
    void failsARequestWhoseStreamBeganBeforeItsTaskWasKnownToBeWritten() {
        Worker<Payload> worker = workerWith(streamClient());
        scene.partial(worker, "a", "1");
        scene.effects();

        scene.dispatcher.onWorkerGone(worker, 0);

        thenTheStreamIsBroken();
        assertThat(scene.dispatcher.counters().returnedUnwritten()).isZero();
    }

    @Test
    void failsARequestWhoseStreamDoesNotEndWithinTheGrace() {
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.ask(streamClient(), "a");
        scene.dispatcher.onWritten(worker);
        scene.partial(worker, "a", "1");
        scene.dispatcher.onWorkerGone(worker, 0);
        assertThat(scene.partial(worker, "a", "2")).isEqualTo(PartialResult.DELIVERED);
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(10);
        scene.effects();

        scene.tickAt(10);

        thenTheStreamIsBroken();
    }

    @Test
    void refusesPartsAndAnswersOfOthersOnceAPartIsDelivered() {
        Worker<Payload> slow = workerWith(streamClient());
        scene.tickAt(100);
        Worker<Payload> owner = scene.readyWorker("owner");
        scene.partial(owner, "a", "1");
        scene.effects();

        assertThat(scene.partial(slow, "a", "x")).isEqualTo(PartialResult.UNKNOWN);
        assertThat(scene.answer(slow, "a")).isEqualTo(AnswerResult.UNKNOWN);
        assertThat(scene.answer("a")).as("of nobody known").isEqualTo(AnswerResult.UNKNOWN);
        assertThat(scene.answer(owner, "a")).isEqualTo(AnswerResult.ANSWERED);

        assertThat(scene.effects()).containsExactly("client gets A for a");
        assertThat(scene.dispatcher.counters().unknownPartials()).isEqualTo(1);
        assertThat(scene.dispatcher.counters().unknownAnswers()).isEqualTo(2);
    }

    @Test
    void takesALateAnswerOfAnEarlierAttemptWhileNoPartIsDelivered() {
        Worker<Payload> slow = workerWith(streamClient());
        scene.tickAt(100);
        Worker<Payload> other = scene.readyWorker("other");

        assertThat(scene.answer(slow, "a")).isEqualTo(AnswerResult.ANSWERED);

        assertThat(scene.partial(other, "a", "1")).isEqualTo(PartialResult.UNKNOWN);
        assertThat(scene.answer(other, "a")).isEqualTo(AnswerResult.UNKNOWN);
    }

    @Test
    void leavesLatePartsToTheCallerSoThatTheLateAnswerIsWhole() {
        Worker<Payload> slow = workerWith(streamClient());
        scene.tickAt(100);

        assertThat(scene.partial(slow, "a", "1")).isEqualTo(PartialResult.GATHER);
        scene.readyWorker("other");
        assertThat(scene.partial(slow, "a", "2")).isEqualTo(PartialResult.GATHER);
        scene.effects();
        scene.answer(slow, "a");

        assertThat(scene.effects()).containsExactly("client gets A for a");
    }

    @Test
    void knowsNoPartOfARequestThatHasEnded() {
        Worker<Payload> worker = workerWith(streamClient());
        scene.answer(worker, "a");

        assertThat(scene.partial(worker, "a", "1")).isEqualTo(PartialResult.UNKNOWN);
    }

    @Test
    void discardsPartsForAClientThatHasGone() {
        Client<Payload> client = streamClient();
        Worker<Payload> worker = workerWith(client);
        scene.dispatcher.onClientGone(client, 0);

        scene.now = 50;
        assertThat(scene.partial(worker, "a", "1")).isEqualTo(PartialResult.CLIENT_GONE);
        assertThat(scene.dispatcher.nextDeadlineNanos()).as("a sign of life").isEqualTo(150);
        assertThat(scene.answer(worker, "a")).isEqualTo(AnswerResult.CLIENT_GONE);

        assertThat(scene.effects()).isEmpty();
        assertThat(scene.dispatcher.counters().discardedPartials()).isEqualTo(1);
    }

    @Test
    void beginsTheNextRequestWithoutAStream() {
        Client<Payload> client = streamClient();
        Worker<Payload> worker = workerWith(client);
        scene.partial(worker, "a", "1");
        scene.answer(worker, "a");
        scene.ready(worker);

        scene.ask(client, "b");
        scene.dispatcher.onWorkerLeft(worker, 0);

        assertThat(scene.dispatcher.snapshot().waiting()).isEqualTo(1);
    }

    private Client<Payload> streamClient() {
        return scene.streamClient("client", GonePolicy.RUN);
    }

    private Worker<Payload> workerWith(Client<Payload> client) {
        Worker<Payload> worker = scene.answeringHere("worker");
        scene.ready(worker);
        scene.ask(client, "a");
        scene.effects();
        return worker;
    }

    private void thenTheStreamIsBroken() {
        assertThat(scene.effects()).containsExactly("client is refused a");
        assertThat(scene.dispatcher.counters().failed(FailureReason.STREAM_BROKEN))
                .isEqualTo(1);
        assertThat(scene.isReleased("a")).isTrue();
    }
}
