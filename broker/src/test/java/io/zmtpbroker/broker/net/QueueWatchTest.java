package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.LogLines;
import io.zmtpbroker.broker.observe.Counters;
import org.junit.jupiter.api.Test;

class QueueWatchTest {

    private final Counters counters = new Counters();
    private final QueueWatch watch = new QueueWatch(counters);

    @Test
    void tellsOnceThatItIsFullAndOnceThatItHasRoom() {
        try (LogLines lines = new LogLines()) {
            watch.endTurn(false, 1, 0);
            watch.endTurn(true, 4711, 1);
            watch.endTurn(true, 4712, 2);
            watch.endTurn(false, 2, 3);
            watch.endTurn(false, 1, 4);

            assertThat(lines.with("the queue is full (4711 octets")).hasSize(1);
            assertThat(lines.with("the queue is full (4712 octets")).isEmpty();
            assertThat(lines.with("the queue has room again")).hasSize(1);
        }
    }

    @Test
    void isSilentForAMinuteWhereItIsFullAgainAndAgain() {
        try (LogLines lines = new LogLines()) {
            for (int i = 0; i < 100; i++) {
                watch.endTurn(true, 4713, i);
                watch.endTurn(false, 0, i);
            }
            assertThat(lines.with("the queue is full (4713 octets")).hasSize(1);
            assertThat(lines.with("the queue has room again")).hasSize(1);

            watch.endTurn(true, 4713, QueueWatch.PAUSE_NANOS - 1);
            watch.endTurn(false, 0, QueueWatch.PAUSE_NANOS - 1);
            assertThat(lines.with("the queue is full (4713 octets")).hasSize(1);
            watch.endTurn(true, 4713, QueueWatch.PAUSE_NANOS);

            assertThat(lines.with("the queue is full (4713 octets")).hasSize(2);
        }
        assertThat(counters.toMap()).containsEntry("queue.full", 102L);
    }
}
