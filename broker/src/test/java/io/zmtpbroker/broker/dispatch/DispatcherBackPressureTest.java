package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What open requests hold is bounded: those who ask are not read above the limit. */
class DispatcherBackPressureTest {

    private final Scene scene = new Scene(new DispatchConfig(1, 100, 10, 80));

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void pausesExactlyAtTheLimitAndOnce() {
        Client<Payload> client = scene.client("client");

        scene.ask(client, scene.service, "a", 79);
        assertThat(scene.effects()).isEmpty();

        scene.ask(client, scene.service, "b", 1);
        assertThat(scene.effects()).containsExactly("pause");

        scene.ask(client, scene.service, "c", 1000);
        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void resumesAtSevenEighthsAndOnce() {
        Client<Payload> client = scene.client("client");
        scene.ask(client, scene.service, "a", 60);
        scene.ask(client, scene.service, "b", 10);
        scene.ask(client, scene.service, "c", 1);
        scene.ask(client, scene.service, "d", 9);
        assertThat(scene.effects()).containsExactly("pause");
        scene.ready(scene.worker("worker"), 4);
        scene.effects();

        scene.answer("d");
        assertThat(scene.effects()).as("71 is above 70").containsExactly("client gets D for d");

        scene.answer("c");
        assertThat(scene.effects()).containsExactly("client gets C for c", "resume");

        scene.answer("b");
        assertThat(scene.effects()).containsExactly("client gets B for b");
    }

    @Test
    void countsWhatRunsAndWhatIsParkedAsWell() {
        Client<Payload> client = scene.client("client");
        scene.ready(scene.worker("worker"), 2);
        scene.ask(client, "a");
        scene.dispatcher.onClientBlocked(client);
        scene.ask(client, "b");

        assertThat(scene.dispatcher.snapshot()).isEqualTo(new DispatchSnapshot(0, 1, 1, 2 * Scene.OCTETS, 1, 1, 1));
    }

    @Test
    void givesBackWhatAFailedRequestHeld() {
        Client<Payload> client = scene.client("client");
        scene.readyWorker("worker");
        scene.ask(client, scene.service, "a", 80);

        scene.tickAt(100);

        assertThat(scene.effects()).containsExactly("worker takes a", "pause", "client is refused a", "resume");
    }

    @Test
    void givesBackWhatADroppedClientHeld() {
        Client<Payload> client = scene.client("client", GonePolicy.DROP);
        scene.ask(client, scene.service, "a", 40);
        scene.ask(client, scene.service, "b", 40);

        scene.dispatcher.onClientGone(client, 0);

        assertThat(scene.effects()).containsExactly("pause", "resume");
    }

    @Test
    void takesAllServicesTogether() {
        Client<Payload> client = scene.client("client");

        scene.ask(client, scene.service, "a", 40);
        scene.ask(client, scene.dispatcher.service("echo"), "b", 40);

        assertThat(scene.effects()).containsExactly("pause");
    }

    @Test
    void saysNothingWhenARequestComesAndGoesInOneEvent() {
        Client<Payload> client = scene.client("client", GonePolicy.DROP);
        scene.dispatcher.onClientGone(client, 0);

        scene.ask(client, scene.service, "a", 1000);

        assertThat(scene.effects()).isEmpty();
    }
}
