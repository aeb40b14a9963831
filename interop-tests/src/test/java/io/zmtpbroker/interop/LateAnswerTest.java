package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.Worker.Task;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first answer that comes wins, however late it is, and the client gets exactly one. */
class LateAnswerTest {
    /** Of an attempt, in seconds: within it a busy machine must manage to answer. */
    private static final String TIMEOUT = "0.7";

    /** The time of an attempt is over, surely. */
    private static final Duration PAST_THE_TIMEOUT = Duration.ofMillis(1400);

    private static final Message QUESTION = Message.of("question");

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void whileTheSecondAttemptRuns(PeerLibrary library) {
        try (BrokerProcess broker = BrokerCommand.with("-T", TIMEOUT).start();
                Peers peers = library.open();
                Client client = Client.dealer(peers, broker);
                Worker slow = new FetchWorker(peers, broker);
                Worker second = new FetchWorker(peers, broker)) {
            client.ask(QUESTION);
            Task late = slow.fetch();
            Task running = second.fetch(); // not before the first attempt has timed out

            slow.answer(late, Message.of("late"));
            Message answer = client.answer();
            second.answer(running, Message.of("second"));

            assertThat(running).isEqualTo(late);
            assertThat(answer).isEqualTo(Message.of("late"));
            assertThat(client.answer(PAST_THE_TIMEOUT)).isEqualTo(Optional.empty());
            assertServesTheNext(client, second);
            broker.stop();
            assertThat(broker.counted("attempts.retried.timeout")).isEqualTo(1);
            assertThat(broker.counted("answers.unknown")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void whileTheRequestIsQueuedAgain(PeerLibrary library) {
        try (BrokerProcess broker = BrokerCommand.with("-T", TIMEOUT).start();
                Peers peers = library.open();
                Client client = Client.dealer(peers, broker);
                Worker slow = new FetchWorker(peers, broker)) {
            client.ask(QUESTION);
            Task late = slow.fetch();
            Optional<Message> early = client.answer(PAST_THE_TIMEOUT); // nobody fetches: now it waits again

            slow.answer(late, Message.of("late"));
            Message answer = client.answer(Duration.ofSeconds(2)).orElseThrow();

            assertThat(early).isEqualTo(Optional.empty());
            assertThat(answer).isEqualTo(Message.of("late"));
            assertServesTheNext(client, slow);
            assertThat(client.answer(Limits.QUIET)).isEqualTo(Optional.empty());
            broker.stop();
            assertThat(broker.counted("requests.answered-late")).isEqualTo(1);
            assertThat(broker.counted("attempts.retried.timeout")).isEqualTo(1);
        }
    }

    /** What has been answered is not handed out again: the next task is the next request. */
    private static void assertServesTheNext(Client client, Worker worker) {
        client.ask(Message.of("next"));
        Task next = worker.fetch();
        worker.answer(next, Message.of("next answer"));

        assertThat(next.body()).isEqualTo(Message.of("next"));
        assertThat(client.answer()).isEqualTo(Message.of("next answer"));
    }
}
