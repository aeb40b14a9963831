package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client takes no answers for a while: its requests step aside, and nobody waits for it. */
class DispatcherBlockedClientTest {

    private final Scene scene = new Scene(new DispatchConfig(2, 100, 10, Long.MAX_VALUE));
    private final Client<Payload> blocked = scene.client("blocked");
    private final Client<Payload> other = scene.client("other");
    private final Worker<Payload> worker = scene.worker("worker");

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void handsOutTheRequestsBehindIt() {
        scene.ask(blocked, "a", "b");
        scene.ask(other, "c");
        scene.dispatcher.onClientBlocked(blocked);

        scene.ready(worker, 3);

        assertThat(scene.effects()).containsExactly("worker takes c");
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(2);
        assertThat(worker.credit()).isEqualTo(2);
    }

    @Test
    void putsItsRequestsInFrontInTheirOrderWhenItIsUnblocked() {
        parkABC();
        scene.ask(other, "d", "e");

        scene.dispatcher.onClientUnblocked(blocked, 0);
        scene.ready(worker, 5);

        assertThat(scene.effects())
                .containsExactly(
                        "worker takes a", "worker takes b", "worker takes c", "worker takes d", "worker takes e");
        assertThat(scene.dispatcher.snapshot().parked()).isZero();
    }

    @Test
    void handsOutAtOnceWhatWasParkedWhenAWorkerIsIdle() {
        scene.dispatcher.onClientBlocked(blocked);
        scene.ask(blocked, "a", "b");
        scene.ready(worker);

        scene.dispatcher.onClientUnblocked(blocked, 0);

        assertThat(scene.effects()).containsExactly("worker takes a");
    }

    @Test
    void deliversAnswersOfRunningRequests() {
        scene.ready(worker);
        scene.ask(blocked, "a");
        scene.dispatcher.onClientBlocked(blocked);

        AnswerResult result = scene.answer("a");

        assertThat(result).isEqualTo(AnswerResult.ANSWERED);
        assertThat(scene.effects()).containsExactly("worker takes a", "blocked gets A for a");
    }

    @Test
    void takesALateAnswerToAParkedRequest() {
        scene.ready(worker);
        scene.ask(blocked, "a");
        scene.dispatcher.onClientBlocked(blocked);
        scene.tickAt(100);
        scene.ready(worker);
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(1);

        AnswerResult result = scene.answer("a");

        assertThat(result).isEqualTo(AnswerResult.LATE);
        scene.dispatcher.onClientUnblocked(blocked, 100);
        assertThat(scene.effects()).containsExactly("worker takes a", "blocked gets A for a");
    }

    @Test
    void staysAsideWhenItIsBlockedAgainBeforeAWorkerComes() {
        parkABC();

        scene.dispatcher.onClientUnblocked(blocked, 0);
        scene.dispatcher.onClientBlocked(blocked);
        scene.ask(other, "d");
        scene.ready(worker, 2);

        assertThat(scene.effects()).containsExactly("worker takes d");
    }

    @Test
    void keepsItsOrderWhenItIsBlockedTwiceWithRequestsBetween() {
        parkABC();
        scene.dispatcher.onClientUnblocked(blocked, 0);
        scene.ask(blocked, "d");
        scene.dispatcher.onClientBlocked(blocked);
        scene.ready(worker, 5);
        assertThat(scene.effects()).isEmpty();

        scene.dispatcher.onClientUnblocked(blocked, 0);

        assertThat(scene.effects())
                .containsExactly("worker takes a", "worker takes b", "worker takes c", "worker takes d");
    }

    @Test
    void takesTurnsBetweenClientsThatWereBlocked() {
        Client<Payload> second = scene.client("second");
        scene.ask(blocked, "a", "b");
        scene.ask(second, "c", "d");
        scene.dispatcher.onClientBlocked(blocked);
        scene.dispatcher.onClientBlocked(second);
        scene.ready(worker);
        scene.ask(other, "e");
        scene.effects();

        scene.dispatcher.onClientUnblocked(blocked, 0);
        scene.dispatcher.onClientUnblocked(second, 0);
        scene.ready(worker, 4);

        assertThat(scene.effects())
                .containsExactly("worker takes a", "worker takes c", "worker takes b", "worker takes d");
    }

    @Test
    void returnsAnUnwrittenTaskAheadOfWhatIsParked() {
        scene.ready(worker);
        scene.ask(blocked, "a", "b");
        scene.dispatcher.onClientBlocked(blocked);
        Worker<Payload> idle = scene.worker("idle");
        scene.ready(idle);
        scene.effects();

        scene.dispatcher.onWorkerGone(worker, 0);
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(2);
        scene.dispatcher.onClientUnblocked(blocked, 0);
        scene.ready(idle);

        assertThat(scene.effects()).containsExactly("idle takes a", "idle takes b");
    }

    @Test
    void unblocksItsRequestsToEveryService() {
        Service<Payload> echo = scene.dispatcher.service("echo");
        Worker<Payload> echoing = scene.worker("echoing", echo);
        scene.dispatcher.onClientBlocked(blocked);
        scene.ask(blocked, "a");
        scene.ask(blocked, echo, "b", Scene.OCTETS);
        scene.ready(worker);
        scene.ready(echoing);
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(2);

        scene.dispatcher.onClientUnblocked(blocked, 0);

        assertThat(scene.effects()).containsExactly("worker takes a", "echoing takes b");
    }

    @Test
    void failsParkedRequestsAtTheEnd() {
        parkABC();

        scene.dispatcher.failAll(0);

        assertThat(scene.effects())
                .containsExactly("blocked is refused a", "blocked is refused b", "blocked is refused c");
    }

    @Test
    void ignoresUnblockingWhatIsNotBlockedAndBlockingWhatHasGone() {
        scene.dispatcher.onClientUnblocked(blocked, 0);
        scene.dispatcher.onClientGone(blocked, 0);
        scene.dispatcher.onClientBlocked(blocked);
        scene.ask(blocked, "a");

        scene.ready(worker);

        assertThat(scene.effects()).containsExactly("worker takes a");
    }

    private void parkABC() {
        scene.ask(blocked, "a", "b", "c");
        scene.dispatcher.onClientBlocked(blocked);
        Worker<Payload> passing = scene.readyWorker("passing");
        scene.dispatcher.onWorkerGone(passing, 0);
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(3);
    }
}
