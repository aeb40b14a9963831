package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests go to workers of their service, and services come and go with their use. */
class DispatcherServicesTest {

    private final Scene scene = new Scene(new DispatchConfig(2, 100, 10, Long.MAX_VALUE));
    private final Service<Payload> echo = scene.dispatcher.service("echo");
    private final Client<Payload> client = scene.client("client");

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void givesAWorkerOnlyTasksOfItsService() {
        scene.readyWorker("plain");
        Worker<Payload> echoing = scene.worker("echoing", echo);

        scene.ask(client, echo, "a", Scene.OCTETS);
        assertThat(scene.effects()).isEmpty();

        scene.ready(echoing);
        assertThat(scene.effects()).containsExactly("echoing takes a");
    }

    @Test
    void keepsRequestsOfAServiceThatNobodyOffersYet() {
        scene.ask(client, echo, "a", Scene.OCTETS);

        scene.ready(scene.worker("late", scene.dispatcher.service("echo")));

        assertThat(scene.effects()).containsExactly("late takes a");
    }

    @Test
    void retriesAtTheSameService() {
        Worker<Payload> echoing = scene.worker("echoing", echo);
        scene.readyWorker("plain");
        scene.ready(echoing);
        scene.ask(client, echo, "a", Scene.OCTETS);

        scene.tickAt(100);
        scene.ready(echoing);

        assertThat(scene.effects()).containsExactly("echoing takes a", "echoing takes a");
    }

    @Test
    void knowsAServiceByItsNameWhileItIsInUse() {
        Worker<Payload> echoing = scene.worker("echoing", echo);
        assertThat(scene.dispatcher.service("echo")).isSameAs(echo);
        assertThat(echo.workers()).isEqualTo(1);

        scene.ask(client, echo, "a", Scene.OCTETS);
        scene.dispatcher.onWorkerGone(echoing, 0);
        assertThat(scene.dispatcher.service("echo")).isSameAs(echo);
        assertThat(echo.workers()).isZero();
    }

    @Test
    void forgetsAServiceWithoutWorkersAndRequests() {
        Worker<Payload> echoing = scene.worker("echoing", echo);
        scene.ready(echoing);
        scene.ask(client, echo, "a", Scene.OCTETS);
        scene.dispatcher.onWritten(echoing);

        scene.dispatcher.onWorkerGone(echoing, 0);
        scene.answer("a");

        assertThat(scene.dispatcher.service("echo")).isNotSameAs(echo).hasToString("echo");
    }

    @Test
    void bringsTogetherThoseWhoGotTheSameServiceBeforeItWasInUse() {
        Service<Payload> same = scene.dispatcher.service("echo");
        scene.ask(client, echo, "a", Scene.OCTETS);

        scene.ready(scene.worker("echoing", same));

        assertThat(scene.effects()).containsExactly("echoing takes a");
    }

    @Test
    void saysWhetherAServiceIsOffered() {
        assertThat(scene.dispatcher.isOffered("echo")).as("unknown").isFalse();
        scene.ask(client, echo, "a", Scene.OCTETS);
        assertThat(scene.dispatcher.isOffered("echo")).as("asked for only").isFalse();

        Worker<Payload> echoing = scene.worker("echoing", echo);
        scene.ready(echoing);
        assertThat(scene.dispatcher.isOffered("echo")).as("with a busy worker").isTrue();

        scene.dispatcher.onWorkerLeft(echoing, 0);
        assertThat(scene.dispatcher.isOffered("echo")).as("left").isFalse();
    }
}
