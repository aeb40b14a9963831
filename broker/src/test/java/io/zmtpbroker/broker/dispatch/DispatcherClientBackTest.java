package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that goes and is known by its name when it is here again. */
class DispatcherClientBackTest {

    private final Scene scene = new Scene(new DispatchConfig(2, 100, 10, Long.MAX_VALUE));

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void deliversWhatEndsAfterItsReturn() {
        Client<Payload> client = scene.client("client");
        scene.ask(client, "a", "b");
        scene.dispatcher.onClientGone(client, 0);
        scene.ready(scene.worker("worker"), 3);
        scene.answer("a");
        scene.effects();

        scene.dispatcher.onClientBack(client);
        scene.answer("b");
        scene.ask(client, "c");
        scene.answer("c");

        assertThat(scene.effects()).containsExactly("client gets B for b", "worker takes c", "client gets C for c");
        assertThat(scene.forgotten).isEmpty();
        assertThat(scene.dispatcher.snapshot().clients()).isEqualTo(1);
    }

    @Test
    void tellsAFailureAfterItsReturn() {
        Client<Payload> client = scene.client("client");
        scene.ask(client, "a");
        scene.ready(scene.worker("worker"), 2);
        scene.dispatcher.onClientGone(client, 0);
        scene.tickAt(100);

        scene.dispatcher.onClientBack(client);
        scene.effects();
        scene.tickAt(200);

        assertThat(scene.effects()).containsExactly("client is refused a");
    }

    @Test
    void saysThatAClientIsForgottenWhenItsLastRequestHasEnded() {
        Client<Payload> client = scene.client("client");
        scene.ready(scene.worker("worker"), 2);
        scene.ask(client, "a", "b");
        scene.dispatcher.onClientGone(client, 0);

        scene.answer("a");
        assertThat(scene.forgotten).isEmpty();
        scene.answer("b");

        assertThat(scene.forgotten).containsExactly("client");
    }

    @Test
    void saysSoWithTheLossOfAClientWithoutRequests() {
        Client<Payload> idle = scene.client("idle");
        Client<Payload> dropped = scene.client("dropped", GonePolicy.DROP);
        scene.ask(dropped, "a", "b");

        scene.dispatcher.onClientGone(idle, 0);
        scene.dispatcher.onClientGone(dropped, 0);
        scene.dispatcher.onClientGone(dropped, 0);

        assertThat(scene.forgotten).containsExactly("idle", "dropped");
    }

    @Test
    void saysSoWhenTheLastRequestFails() {
        Client<Payload> client = scene.client("client");
        scene.ask(client, "a");
        scene.dispatcher.onClientGone(client, 0);

        scene.dispatcher.failAll(0);

        assertThat(scene.forgotten).containsExactly("client");
    }

    @Test
    void doesNotForgetAClientThatIsBack() {
        Client<Payload> client = scene.client("client");
        scene.readyWorker("worker");
        scene.ask(client, "a");
        scene.dispatcher.onClientGone(client, 0);
        scene.dispatcher.onClientBack(client);

        scene.answer("a");
        assertThat(scene.forgotten).isEmpty();
        scene.dispatcher.onClientGone(client, 0);

        assertThat(scene.forgotten).containsExactly("client");
    }

    @Test
    void takesUpAgainAClientThatWasForgotten() {
        Client<Payload> client = scene.client("client");
        scene.dispatcher.onClientGone(client, 0);

        scene.dispatcher.onClientBack(client);
        scene.ask(client, "a");
        scene.dispatcher.failAll(0);

        assertThat(scene.effects()).containsExactly("client is refused a");
    }

    @Test
    void isNotBlockedWhenItIsBack() {
        Client<Payload> client = scene.client("client");
        scene.ask(client, "a");
        scene.dispatcher.onClientBlocked(client);
        scene.dispatcher.onClientGone(client, 0);

        scene.dispatcher.onClientBack(client);
        scene.readyWorker("worker");

        assertThat(scene.effects()).containsExactly("worker takes a");
    }

    @Test
    void ignoresTheReturnOfAClientThatIsHere() {
        Client<Payload> client = scene.client("client");

        scene.dispatcher.onClientBack(client);

        assertThat(scene.dispatcher.snapshot().clients()).isEqualTo(1);
    }

    @Test
    void failsARequestThatLostAPartMeanwhile() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> worker = scene.worker("worker");
        scene.ready(worker, 2);
        scene.ask(client, "a", "b");
        scene.partial(worker, "a", "1");
        scene.partial(worker, "b", "1");
        scene.dispatcher.onClientGone(client, 0);
        scene.partial(worker, "a", "2");
        scene.effects();

        scene.dispatcher.onClientBack(client);

        assertThat(scene.effects()).containsExactly("client is refused a");
        assertThat(scene.dispatcher.counters().failed(FailureReason.STREAM_BROKEN))
                .isEqualTo(1);
        assertThat(scene.answer(worker, "b")).as("all of it was gathered").isEqualTo(AnswerResult.ANSWERED);
    }

    @Test
    void failsAStreamSinceItsPartsMayBeLostWithTheConnection() {
        Client<Payload> client = scene.streamClient("client", GonePolicy.RUN);
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.ask(client, "a");
        scene.partial(worker, "a", "1");
        scene.dispatcher.onClientGone(client, 0);
        scene.effects();

        scene.dispatcher.onClientBack(client);

        assertThat(scene.effects()).containsExactly("client is refused a");
        assertThat(scene.partial(worker, "a", "2")).isEqualTo(PartialResult.UNKNOWN);
    }
}
