package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers that have said nothing and are only taken to be ready. */
class DispatcherGuessTest {

    private final Scene scene = new Scene(new DispatchConfig(1, 100, 10, Long.MAX_VALUE));
    private final Client<Payload> client = scene.client("client");
    private final Worker<Payload> guessed = scene.worker("guessed");

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void givesAGuessedWorkerATaskThatNobodyElseCanTake() {
        scene.dispatcher.onPerhapsReady(guessed, 0);

        scene.ask(client, "a", "b");

        assertThat(scene.effects()).containsExactly("guessed takes a");
        assertThat(guessed.credit()).isZero();
        assertThat(scene.dispatcher.snapshot().idleWorkers()).isZero();
    }

    @Test
    void prefersAWorkerThatHasSaidThatItIsReady() {
        scene.dispatcher.onPerhapsReady(guessed, 0);
        scene.readyWorker("sure");

        scene.ask(client, "a", "b");

        assertThat(scene.effects()).containsExactly("sure takes a", "guessed takes b");
    }

    @Test
    void givesNothingToAWorkerThatIsNotReadyAfterAll() {
        scene.dispatcher.onPerhapsReady(guessed, 0);
        scene.dispatcher.onNotReady(guessed);

        scene.ask(client, "a");

        assertThat(scene.effects()).isEmpty();
        assertThat(scene.dispatcher.snapshot().idleWorkers()).isZero();
        scene.ready(guessed);
        assertThat(scene.effects()).containsExactly("guessed takes a");
    }

    @Test
    void forgetsAGuessedWorkerThatHasGone() {
        scene.dispatcher.onPerhapsReady(guessed, 0);
        scene.dispatcher.onWorkerGone(guessed, 0);
        scene.dispatcher.onPerhapsReady(guessed, 0);

        scene.ask(client, "a");

        assertThat(scene.effects()).isEmpty();
    }
}
