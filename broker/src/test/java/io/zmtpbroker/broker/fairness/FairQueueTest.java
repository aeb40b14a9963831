package io.zmtpbroker.broker.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Places take turns, and share the room when it is short. */
class FairQueueTest {

    private final FairQueue<String, String> queue = new FairQueue<>(4);

    @Test
    void letsPlacesTakeTurnsAndKeepsTheOrderOfEach() {
        queue.add("a", "a1");
        queue.add("a", "a2");
        queue.add("a", "a3");
        queue.add("b", "b1");

        assertThat(queue.poll()).isEqualTo("a1");
        assertThat(queue.poll()).isEqualTo("b1");
        queue.add("b", "b2");
        assertThat(queue.poll()).isEqualTo("a2");
        assertThat(queue.poll()).isEqualTo("b2");
        assertThat(queue.poll()).isEqualTo("a3");
        assertThat(queue.poll()).isNull();
        assertThat(queue.size()).isZero();
    }

    @Test
    void leavesAllRoomToOneAndTakesItBackForOthers() {
        for (int i = 1; i <= 4; i++) {
            assertThat(queue.add("a", "a" + i)).isNull();
        }

        assertThat(queue.add("a", "a5")).as("no room for more of the same").isEqualTo("a5");
        assertThat(queue.add("b", "b1")).as("the newest makes room").isEqualTo("a4");
        assertThat(queue.add("b", "b2")).isEqualTo("a3");
        assertThat(queue.add("b", "b3")).as("each has half").isEqualTo("b3");
        assertThat(queue.add("c", "c1")).isEqualTo("a2");
        assertThat(queue.size()).isEqualTo(4);
    }

    @Test
    void forgetsWhatIsTakenOut() {
        queue.add("a", "a1");
        queue.add("a", "a2");

        assertThat(queue.remove("a", "a1")).isTrue();
        assertThat(queue.remove("a", "a1")).isFalse();
        assertThat(queue.remove("b", "a2")).isFalse();
        assertThat(queue.size()).isOne();
        assertThat(queue.poll()).isEqualTo("a2");
    }
}
