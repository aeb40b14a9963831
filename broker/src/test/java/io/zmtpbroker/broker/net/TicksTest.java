package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.broker.dialect.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicksTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Ticks ticks = new Ticks(channel.eventLoop(), () -> 0);
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void freeze() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void tellsEverybodyUntilTheyHaveGone() {
        Peer gone = add("a", () -> {});
        add("b", () -> {});

        sweep();
        ticks.remove(gone);
        sweep();

        assertThat(events).containsExactly("a ticks", "b ticks", "b ticks");
    }

    @Test
    void whatOneOfThemMeetsEndsItAndNotTheSweep() {
        add("a", () -> {
            throw new AssertionError("a bug");
        });
        add("b", () -> {});

        sweep();

        assertThat(events).containsExactly("a ticks", "a fails with a bug", "b ticks");
    }

    @Test
    void oneThatEndsAnotherIsNoHindrance() {
        List<Peer> ended = new ArrayList<>();
        add("a", () -> ended.forEach(ticks::remove));
        ended.add(add("b", () -> {}));
        add("c", () -> {});

        sweep();

        assertThat(events).containsExactly("a ticks", "c ticks");
    }

    private Peer add(String name, Runnable onTick) {
        Peer peer = new Peer() {
            @Override
            public boolean wantsTicks() {
                return true;
            }

            @Override
            public void onTick(long nowNanos) {
                events.add(name + " ticks");
                onTick.run();
            }

            @Override
            public void onMessage(ByteBuf message, long nowNanos) {}

            @Override
            public void onGone(long nowNanos) {}
        };
        ticks.add(peer, cause -> events.add(name + " fails with " + cause.getMessage()));
        return peer;
    }

    private void sweep() {
        channel.advanceTimeBy(Ticks.INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }
}
