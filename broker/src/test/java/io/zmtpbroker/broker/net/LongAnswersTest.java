package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who was sent long answers lately, and how many more may be on their way to them. */
class LongAnswersTest {
    private static final long ROOM = 24 << 20;

    private final LongAnswers answers = new LongAnswers(ROOM);
    private final List<String> forgotten = new ArrayList<>();
    private final LongAnswers.Receiver first = () -> forgotten.add("first");
    private final LongAnswers.Receiver second = () -> forgotten.add("second");

    @Test
    void letsAsManyOutAsFitInHalfOfTheRoom() {
        assertThat(answers.maxOut(1 << 20)).isEqualTo(12);
        assertThat(answers.maxOut((1 << 20) + 1)).isEqualTo(11);
        assertThat(answers.maxOut(12 << 20)).isEqualTo(1);
        assertThat(answers.maxOut(1 << 30)).isEqualTo(1);
        assertThat(new LongAnswers(Long.MAX_VALUE).maxOut(1 << 20)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void remembersAReceiverForAWhile() {
        answers.seen(first, 100);
        assertThat(answers.nextNanos()).isEqualTo(100 + LongAnswers.MEMORY_NANOS);

        answers.onTick(99 + LongAnswers.MEMORY_NANOS);
        assertThat(forgotten).isEmpty();
        answers.onTick(100 + LongAnswers.MEMORY_NANOS);

        assertThat(forgotten).containsExactly("first");
        assertThat(answers.isEmpty()).isTrue();
    }

    @Test
    void remembersFromTheLastTimeOn() {
        answers.seen(first, 0);
        answers.seen(second, 1);
        answers.seen(first, 2);

        answers.onTick(1 + LongAnswers.MEMORY_NANOS);

        assertThat(forgotten).containsExactly("second");
        assertThat(answers.nextNanos()).isEqualTo(2 + LongAnswers.MEMORY_NANOS);
    }

    @Test
    void remembersAReceiverThatWantsItAgain() {
        var stubborn = new LongAnswers.Receiver() {
            @Override
            public void noLongAnswers() {
                answers.seen(this, 5 + LongAnswers.MEMORY_NANOS);
            }
        };
        answers.seen(stubborn, 0);

        answers.onTick(5 + LongAnswers.MEMORY_NANOS);

        assertThat(answers.nextNanos()).isEqualTo(5 + 2 * LongAnswers.MEMORY_NANOS);
    }

    @Test
    void forgetsOneThatHasGone() {
        answers.seen(first, 0);

        answers.remove(first);

        assertThat(answers.isEmpty()).isTrue();
    }
}
