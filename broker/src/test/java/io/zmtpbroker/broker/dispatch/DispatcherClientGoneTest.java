package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client goes while its requests are in each of the states. */
class DispatcherClientGoneTest {

    private Scene scene = new Scene(new DispatchConfig(2, 100, 10, Long.MAX_VALUE));

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void dropsWaitingRequests() {
        Client<Payload> client = waiting(GonePolicy.DROP);

        scene.dispatcher.onClientGone(client, 0);

        thenItIsDropped();
    }

    @Test
    void dropsParkedRequests() {
        Client<Payload> client = parked(GonePolicy.DROP);

        scene.dispatcher.onClientGone(client, 0);

        thenItIsDropped();
    }

    @Test
    void dropsRunningRequestsAndLeavesTheWorkerItsCredit() {
        Client<Payload> client = scene.client("client", GonePolicy.DROP);
        Worker<Payload> worker = scene.worker("worker");
        scene.ready(worker, 2);
        scene.ask(client, "a");

        scene.dispatcher.onClientGone(client, 0);

        assertThat(worker.held()).isZero();
        assertThat(worker.credit()).isEqualTo(1);
        thenItIsDropped();
    }

    @Test
    void dropsRequestsInTheirGrace() {
        Client<Payload> client = inGrace(GonePolicy.DROP);

        scene.dispatcher.onClientGone(client, 0);

        thenItIsDropped();
    }

    @Test
    void runsWaitingRequestsAndDiscardsTheirAnswers() {
        Client<Payload> client = waiting(GonePolicy.RUN);

        scene.dispatcher.onClientGone(client, 0);

        scene.readyWorker("worker");
        assertThat(scene.effects()).containsExactly("worker takes a");
        thenItsAnswerIsDiscarded();
    }

    @Test
    void handsOutParkedRequestsSinceNoAnswerWillWaitForTheirClient() {
        Client<Payload> client = parked(GonePolicy.RUN);

        scene.dispatcher.onClientGone(client, 0);

        assertThat(scene.effects()).containsExactly("idle takes a");
        thenItsAnswerIsDiscarded();
    }

    @Test
    void retriesRunningRequestsUntilTheirAttemptsAreUsed() {
        Client<Payload> client = scene.client("client", GonePolicy.RUN);
        scene.ready(scene.worker("worker"), 3);
        scene.ask(client, "a");

        scene.dispatcher.onClientGone(client, 0);
        scene.tickAt(100);
        scene.tickAt(200);

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes a");
        assertThat(scene.dispatcher.counters().failed(FailureReason.ATTEMPTS_USED))
                .isEqualTo(1);
        assertThat(scene.isReleased("a")).isTrue();
    }

    @Test
    void discardsAnswersThatComeInTheGrace() {
        Client<Payload> client = inGrace(GonePolicy.RUN);

        scene.dispatcher.onClientGone(client, 0);

        thenItsAnswerIsDiscarded();
    }

    @Test
    void treatsARequestThatIsReadAfterItsClientWentByThePolicy() {
        Client<Payload> dropped = scene.client("dropped", GonePolicy.DROP);
        Client<Payload> run = scene.client("run", GonePolicy.RUN);
        scene.dispatcher.onClientGone(dropped, 0);
        scene.dispatcher.onClientGone(run, 0);

        scene.ask(dropped, "a");
        scene.ask(run, "b");

        assertThat(scene.isReleased("a")).isTrue();
        assertThat(scene.dispatcher.counters().droppedClientGone()).isEqualTo(1);
        scene.ready(scene.worker("worker"), 2);
        assertThat(scene.effects()).containsExactly("worker takes b");
        assertThat(scene.answer("b")).isEqualTo(AnswerResult.CLIENT_GONE);
    }

    @Test
    void leavesTheRequestsOfOthersInTheirOrder() {
        Client<Payload> leaving = scene.client("leaving", GonePolicy.DROP);
        Client<Payload> staying = scene.client("staying");
        scene.ask(staying, "a");
        scene.ask(leaving, "b");
        scene.ask(staying, "c");

        scene.dispatcher.onClientGone(leaving, 0);
        scene.dispatcher.onClientGone(leaving, 0);
        scene.ready(scene.worker("worker"), 3);

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes c");
        assertThat(scene.dispatcher.snapshot().clients()).isEqualTo(1);
    }

    private Client<Payload> waiting(GonePolicy policy) {
        Client<Payload> client = scene.client("client", policy);
        scene.ask(client, "a");
        return client;
    }

    private Client<Payload> parked(GonePolicy policy) {
        Client<Payload> client = scene.client("client", policy);
        scene.dispatcher.onClientBlocked(client);
        scene.readyWorker("idle");
        scene.ask(client, "a");
        assertThat(scene.dispatcher.snapshot().parked()).isEqualTo(1);
        return client;
    }

    private Client<Payload> inGrace(GonePolicy policy) {
        Client<Payload> client = scene.client("client", policy);
        Worker<Payload> gone = scene.readyWorker("gone");
        scene.ask(client, "a");
        scene.dispatcher.onWritten(gone);
        scene.dispatcher.onWorkerGone(gone, 0);
        scene.effects();
        return client;
    }

    private void thenItIsDropped() {
        assertThat(scene.isReleased("a")).isTrue();
        assertThat(scene.answer("a")).isEqualTo(AnswerResult.UNKNOWN);
        assertThat(scene.dispatcher.hasDeadline()).isFalse();
        assertThat(scene.dispatcher.counters().droppedClientGone()).isEqualTo(1);
        scene.effects();
        scene.readyWorker("next");
        assertThat(scene.effects()).isEmpty();
    }

    private void thenItsAnswerIsDiscarded() {
        assertThat(scene.answer("a")).isEqualTo(AnswerResult.CLIENT_GONE);
        assertThat(scene.dispatcher.counters().discardedClientGone()).isEqualTo(1);
        assertThat(scene.effects()).isEmpty();
        assertThat(scene.isReleased("a")).isTrue();
    }
}
