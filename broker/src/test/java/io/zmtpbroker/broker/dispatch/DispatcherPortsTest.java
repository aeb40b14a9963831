package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ports must not do, and what is left whole when they do it. */
class DispatcherPortsTest {

    private final Scene scene = new Scene(new DispatchConfig(1, 100, 10, Long.MAX_VALUE));

    @AfterEach
    void nothingIsLeft() {
        scene.verifyNothingIsLeft();
    }

    @Test
    void assertsThatNoPortCallsBack() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> worker = scene.workerOn(r -> scene.dispatcher.onTick(scene.now));
        scene.ask(client, "a");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> scene.ready(worker))
                .withMessageContaining("called back");
    }

    @Test
    void holdsATaskAsUnwrittenWhoseAssignmentThrew() {
        Client<Payload> client = scene.client("client");
        Worker<Payload> broken = scene.workerOn(r -> refuse());
        scene.ask(client, "a", "b");

        assertThatIllegalStateException().isThrownBy(() -> scene.ready(broken, 2));
        assertThat(broken.held()).isEqualTo(1);
        scene.dispatcher.onWorkerGone(broken, 0);
        scene.ready(scene.worker("worker"), 2);

        assertThat(scene.effects()).containsExactly("worker takes a", "worker takes b");
    }

    @Test
    void endsARequestWhoseAnswerThrew() {
        Client<Payload> client = scene.dispatcher.openClient(new BrokenPort(), GonePolicy.RUN);
        scene.readyWorker("worker");
        scene.ask(client, "a");

        assertThatIllegalStateException().isThrownBy(() -> scene.answer("a"));

        assertThat(scene.isReleased("a")).isTrue();
        assertThat(scene.answer("a")).isEqualTo(AnswerResult.UNKNOWN);
    }

    @Test
    void endsTheOtherRequestsWithTheNextTickWhenAFailureThrew() {
        Client<Payload> client = scene.dispatcher.openClient(new BrokenPort(), GonePolicy.RUN);
        scene.ready(scene.worker("worker"), 2);
        scene.ask(client, "a", "b");

        assertThatIllegalStateException().isThrownBy(() -> scene.tickAt(100));
        assertThat(scene.isReleased("a")).isTrue();
        assertThat(scene.isReleased("b")).isFalse();

        assertThatIllegalStateException().isThrownBy(() -> scene.tickAt(100));
        assertThat(scene.isReleased("b")).isTrue();
    }

    @Test
    void goesOnAbandoningALostWorkerWhenAFailureThrew() {
        Scene graceless = new Scene(new DispatchConfig(1, 0, 0, Long.MAX_VALUE));
        Client<Payload> client = graceless.dispatcher.openClient(new BrokenPort(), GonePolicy.RUN);
        Worker<Payload> lost = graceless.worker("lost");
        graceless.ready(lost, 2);
        graceless.ask(client, "a", "b");
        graceless.dispatcher.onWritten(lost);

        assertThatIllegalStateException().isThrownBy(() -> graceless.dispatcher.onWorkerGone(lost, 0));
        assertThatIllegalStateException().isThrownBy(() -> graceless.dispatcher.onWorkerGone(lost, 0));

        graceless.verifyNothingIsLeft();
    }

    @Test
    void usesTheObjectOfAnEndedRequestAgain() {
        Client<Payload> client = scene.client("client");
        List<Request<Payload>> seen = new ArrayList<>();
        Worker<Payload> worker = scene.workerOn(seen::add);
        scene.ready(worker, 2);

        scene.ask(client, "a");
        scene.answer("a");
        assertThatNullPointerException().isThrownBy(() -> seen.get(0).payload()).withMessageContaining("ended");
        scene.ask(client, "b");

        assertThat(seen).hasSize(2);
        assertThat(seen.get(1)).isSameAs(seen.get(0));
        assertThat(seen.get(1).payload()).hasToString("b");
        assertThat(seen.get(1).attempts()).isEqualTo(1);
    }

    private static void refuse() {
        throw new IllegalStateException("a port that throws");
    }

    private static final class BrokenPort implements ReplyPort<Payload> {

        @Override
        public void answer(Request<Payload> request, Payload content) {
            refuse();
        }

        @Override
        public void fail(Request<Payload> request) {
            refuse();
        }
    }
}
