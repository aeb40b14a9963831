package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client takes answers again that did not a moment ago: workers that run ahead of their answers must not fill it at once. */
class DispatcherEasingClientTest {

    private final Scene scene = new Scene(Scene.UNLIMITED);
    private final Client<Payload> client = scene.client("client");
    private final Worker<Payload> worker = scene.worker("worker");

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void givesEachWorkerThatAnswersElsewhereOneTask() {
        Worker<Payload> second = scene.worker("second");
        parked("a", "b", "c", "d");

        scene.dispatcher.onClientEasing(client, 0);
        scene.ready(worker);
        scene.ready(worker); // it asks again, and its answer is still on the way
        scene.ready(second);

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b");
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(2);
    }

    @Test
    void handsOutOneMoreForEachThatIsAnswered() {
        parked("a", "b", "c");
        scene.dispatcher.onClientEasing(client, 0);
        scene.ready(worker, 3);
        assertThat(scene.effects()).containsExactly("worker takes a");

        scene.answer("a");
        scene.dispatcher.onClientEasing(client, 0);

        assertThat(scene.effects()).containsExactly("client gets A for a", "worker takes b");
    }

    @Test
    void handsOutAllWhenItIsUnblocked() {
        parked("a", "b", "c");
        scene.dispatcher.onClientEasing(client, 0);
        scene.ready(worker, 3);
        scene.effects();

        scene.dispatcher.onClientUnblocked(client, 0);

        assertThat(scene.effects()).containsExactly("worker takes b", "worker takes c");
    }

    @Test
    void setsWhatItAsksMeanwhileAside() {
        parked("a");
        scene.dispatcher.onClientEasing(client, 0);
        scene.ready(worker, 3);
        scene.ask(client, "b");
        scene.ask(scene.client("other"), "c");

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes c");
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(1);
    }

    @Test
    void givesWorkersThatAnswerHereAsMuchAsTheyAskFor() {
        Worker<Payload> here = scene.answeringHere("here");
        parked("a", "b", "c");
        scene.dispatcher.onClientEasing(client, 0);

        scene.ready(here, 3);

        assertThat(scene.effects()).containsExactly("here takes a", "here takes b", "here takes c");
    }

    @Test
    void isNotHeldBackByTasksThatWereTakenBack() {
        scene.ask(client, "a", "b");
        scene.ready(worker);
        scene.dispatcher.onClientBlocked(client);
        scene.dispatcher.onWorkerGone(worker, 0);
        Worker<Payload> next = scene.worker("next");
        scene.effects();

        scene.dispatcher.onClientEasing(client, 0);
        scene.ready(next);

        assertThat(scene.effects()).containsExactly("next takes a");
    }

    private void parked(String... names) {
        scene.ask(client, names);
        scene.dispatcher.onClientBlocked(client);
        Worker<Payload> passing = scene.readyWorker("passing");
        scene.dispatcher.onWorkerGone(passing, 0);
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(names.length);
    }
}
