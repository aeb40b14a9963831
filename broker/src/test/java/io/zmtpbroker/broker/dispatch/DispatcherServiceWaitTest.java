package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that wait for a service nobody offers, for at most 1000 here. */
class DispatcherServiceWaitTest {

    private Scene scene = new Scene(new DispatchConfig(2, 0, 0, 1000, Long.MAX_VALUE));
    private final Client<Payload> client = scene.client("client");

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void failsEachRequestWhenItHasWaitedLongEnough() {
        scene.ask(client, "a");
        scene.now = 10;
        scene.ask(client, "b");
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(1000);

        scene.tickAt(999);
        assertThat(scene.effects()).isEmpty();
        scene.tickAt(1000);
        assertThat(scene.effects()).containsExactly("client is refused a");
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(1010);
        scene.tickAt(1010);

        assertThat(scene.effects()).containsExactly("client is refused b");
        assertThat(scene.dispatcher.hasDeadline()).isFalse();
        assertThat(scene.dispatcher.counters().failed(FailureReason.NO_WORKER)).isEqualTo(2);
    }

    @Test
    void waitsWithoutLimitWhereNoneIsConfigured() {
        scene = new Scene(Scene.UNLIMITED);
        scene.ask(scene.client("client"), "a");

        scene.tickAt(Long.MAX_VALUE);

        assertThat(scene.dispatcher.hasDeadline()).isFalse();
        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void waitsWithoutLimitForAWorkerThatIsThereAndBusy() {
        scene.worker("busy");
        scene.ask(client, "a");

        scene.tickAt(5000);

        assertThat(scene.dispatcher.hasDeadline()).isFalse();
        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void stopsTheWaitWhenAWorkerComes() {
        scene.ask(client, "a");

        scene.worker("late");
        scene.tickAt(5000);

        assertThat(scene.dispatcher.hasDeadline()).isFalse();
        assertThat(scene.effects()).isEmpty();
    }

    @Test
    void beginsTheWaitAnewWhenTheLastWorkerGoes() {
        Worker<Payload> first = scene.worker("first");
        Worker<Payload> last = scene.worker("last");
        scene.ask(client, "a", "b");

        scene.dispatcher.onWorkerGone(first, 300);
        assertThat(scene.dispatcher.hasDeadline()).isFalse();
        scene.dispatcher.onWorkerLeft(last, 500);
        scene.now = 600;
        scene.ask(client, "c");

        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(1500);
        scene.tickAt(1500);
        assertThat(scene.effects()).containsExactly("client is refused a", "client is refused b");
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(1600);
    }

    @Test
    void beginsTheWaitOfARetriedRequestWithItsRetry() {
        scene.ask(client, "a", "b");
        Worker<Payload> failing = scene.readyWorker("failing");
        scene.dispatcher.onWritten(failing);
        scene.effects();

        scene.now = 400;
        scene.dispatcher.onWorkerGone(failing, 400);
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(1400);
        scene.tickAt(1400);

        assertThat(scene.effects()).containsExactly("client is refused b", "client is refused a");
    }

    @Test
    void putsARetryWhoseServiceWasLostBeforeBehindThoseThatBeganToWaitEarlier() {
        scene = new Scene(new DispatchConfig(2, 0, 50, 1000, Long.MAX_VALUE));
        Client<Payload> asking = scene.client("client");
        Worker<Payload> failing = scene.readyWorker("failing");
        scene.ask(asking, "a", "b");
        scene.dispatcher.onWritten(failing);
        scene.dispatcher.onWorkerGone(failing, 0);
        scene.tickAt(50);
        scene.effects();

        scene.tickAt(1000);
        assertThat(scene.effects()).containsExactly("client is refused b");
        scene.tickAt(1049);
        assertThat(scene.effects()).isEmpty();
        scene.tickAt(1050);

        assertThat(scene.effects()).containsExactly("client is refused a");
    }

    @Test
    void doesNotProlongTheWaitOfATaskThatIsReturned() {
        scene = new Scene(new DispatchConfig(2, 0, 50, 1000, Long.MAX_VALUE));
        Client<Payload> asking = scene.client("client");
        Worker<Payload> silent = scene.readyWorker("silent");
        scene.ask(asking, "a");
        scene.dispatcher.onWritten(silent);
        scene.dispatcher.onWorkerGone(silent, 0);
        scene.now = 20;
        scene.ask(asking, "b");
        scene.returned(silent, "a");

        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(1000);
    }

    @Test
    void failsWhatWasSetAsideBeforeTheWorkersWent() {
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.dispatcher.onClientBlocked(client);
        scene.ask(client, "a", "b");
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(2);

        scene.dispatcher.onWorkerGone(worker, 100);
        scene.tickAt(1100);

        assertThat(scene.effects()).containsExactly("client is refused a", "client is refused b");
        assertThat(scene.dispatcher.snapshot().parked()).isZero();
    }

    @Test
    void followsTheHeadOfTheLine() {
        Client<Payload> leaving = scene.client("leaving", GonePolicy.DROP);
        scene.ask(leaving, "a");
        scene.now = 10;
        scene.ask(client, "b");

        scene.dispatcher.onClientGone(leaving, 20);
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(1010);
        scene.dispatcher.failAll(20);

        assertThat(scene.dispatcher.hasDeadline()).isFalse();
    }

    @Test
    void leavesARunningRequestAlone() {
        scene = new Scene(new DispatchConfig(2, 0, 5000, 1000, Long.MAX_VALUE));
        Client<Payload> asking = scene.client("client");
        Worker<Payload> worker = scene.readyWorker("worker");
        scene.ask(asking, "a");
        scene.dispatcher.onWritten(worker);
        scene.dispatcher.onWorkerGone(worker, 0);
        scene.effects();

        scene.tickAt(4999);
        assertThat(scene.effects()).isEmpty();
        scene.answer("a");

        assertThat(scene.effects()).containsExactly("client gets A for a");
    }

    @Test
    void keepsServicesApart() {
        Service<Payload> echo = scene.dispatcher.service("echo");
        scene.worker("plain");
        scene.ask(client, "a");
        scene.now = 10;
        scene.ask(client, echo, "b", Scene.OCTETS);

        scene.tickAt(1010);

        assertThat(scene.effects()).containsExactly("client is refused b");
    }

    @Test
    void measuresFromTheRequestWhenTheServiceWasForgottenMeanwhile() {
        scene.dispatcher.onWorkerGone(scene.worker("gone"), 0);
        scene.now = 700;
        scene.ask(client, "a");
        scene.tickAt(1000);
        assertThat(scene.effects()).isEmpty();

        scene.tickAt(1700);

        assertThat(scene.effects()).containsExactly("client is refused a");
    }

    @Test
    void looksAtTheEarlierOfTheWaitAndTheDeadline() {
        scene = new Scene(new DispatchConfig(1, 100, 0, 1000, Long.MAX_VALUE));
        Client<Payload> asking = scene.client("client");
        scene.readyWorker("worker");
        scene.ask(asking, scene.dispatcher.service("echo"), "a", Scene.OCTETS);
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(1000);

        scene.now = 200;
        scene.ask(asking, "b");
        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(300);
        scene.tickAt(300);

        assertThat(scene.dispatcher.nextDeadlineNanos()).isEqualTo(1000);
    }
}
