package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Little of a client may be out at workers that answer elsewhere: they run ahead of their answers. */
class DispatcherLimitedClientTest {

    private final Scene scene = new Scene(new DispatchConfig(0, 100, 10, Long.MAX_VALUE));
    private final Client<Payload> client = scene.client("client");
    private final Worker<Payload> worker = scene.worker("worker");

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void handsOutAsManyAsMayBe() {
        scene.dispatcher.onClientLimited(client, 2, 0);
        scene.ask(client, "a", "b", "c", "d");

        scene.ready(worker, 4);

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b");
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(2);
        assertThat(worker.credit()).isEqualTo(2);
    }

    @Test
    void handsOutOneForEachWorkerInAnyCase() {
        Worker<Payload> second = scene.worker("second");
        scene.dispatcher.onClientLimited(client, 1, 0);
        scene.ask(client, "a", "b", "c");

        scene.ready(worker, 1);
        scene.ready(second, 2);

        assertThat(scene.effects()).containsExactly("worker takes a", "second takes b");
    }

    @Test
    void handsOutTheNextWhenOneIsAnswered() {
        limitToOneOf("a", "b", "c");

        scene.answer("a");
        scene.answer("b");

        assertThat(scene.effects())
                .containsExactly("client gets A for a", "worker takes b", "client gets B for b", "worker takes c");
    }

    @Test
    void handsOutTheNextWhenAnAttemptHasFailed() {
        limitToOneOf("a", "b");

        scene.dispatcher.onTick(100);

        assertThat(scene.effects()).containsExactly("worker takes b");
    }

    @Test
    void doesNotWaitForTheGraceOfAWorkerThatIsLost() {
        limitToOneOf("a", "b", "c");
        scene.ready(scene.worker("next"));
        scene.dispatcher.onWritten(worker);
        assertThat(scene.effects()).containsExactly("worker takes b");

        scene.dispatcher.onWorkerGone(worker, 0);

        assertThat(scene.effects()).containsExactly("next takes c");
    }

    @Test
    void handsOutOneMoreWhenAWorkerComes() {
        limitToOneOf("a", "b", "c");

        scene.readyWorker("next");

        assertThat(scene.effects()).containsExactly("worker takes b");
    }

    @Test
    void handsOutAllWhenThereIsNoLimitAnyMore() {
        limitToOneOf("a", "b", "c");

        scene.dispatcher.onClientLimited(client, Integer.MAX_VALUE, 0);

        assertThat(scene.effects()).containsExactly("worker takes b", "worker takes c");
    }

    @Test
    void letsOthersPass() {
        limitToOneOf("a", "b");

        scene.ask(scene.client("other"), "c");

        assertThat(scene.effects()).containsExactly("worker takes c");
    }

    @Test
    void givesWorkersThatAnswerHereAsMuchAsTheyAskFor() {
        Worker<Payload> here = scene.answeringHere("here");
        scene.dispatcher.onClientLimited(client, 1, 0);
        scene.ask(client, "a", "b", "c");

        scene.ready(here, 3);

        assertThat(scene.effects()).containsExactly("here takes a", "here takes b", "here takes c");
    }

    @Test
    void staysHeldBackWhenItIsBlockedAndHasLessOut() {
        limitToOneOf("a", "b");
        scene.dispatcher.onClientBlocked(client);

        scene.answer("a");
        assertThat(scene.effects()).containsExactly("client gets A for a");
        scene.dispatcher.onClientUnblocked(client, 0);

        assertThat(scene.effects()).containsExactly("worker takes b");
    }

    @Test
    void hasNoLimitWhenItIsBack() {
        limitToOneOf("a", "b", "c");
        scene.dispatcher.onClientGone(client, 0);
        scene.dispatcher.onClientBack(client);

        assertThat(scene.effects()).containsExactly("worker takes b", "worker takes c");
    }

    private void limitToOneOf(String... names) {
        scene.dispatcher.onClientLimited(client, 1, 0);
        scene.ask(client, names);
        scene.ready(worker, names.length);
        assertThat(scene.effects()).containsExactly("worker takes " + names[0]);
    }
}
