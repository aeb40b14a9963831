package io.zmtpbroker.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrickleTest {

    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(100);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DefaultEventLoop eventLoop = new DefaultEventLoop();
    private final LoadLoop loop = new LoadLoop(eventLoop, new CompletableFuture<>());
    private final LoadClient client = new LoadClient(loop, () -> {}, 0, 1, new RequestBody(64), false);
    private final EmbeddedChannel channel = new EmbeddedChannel(client);
    private final Trickle trickle = new Trickle(loop, List.of(client), System.nanoTime() - LATE_NANOS, INTERVAL_NANOS);

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
        eventLoop.shutdownGracefully();
    }

    private void reply() {
        client.flush();
        ByteBuf request = channel.readOutbound();
        client.onMessage(request);
        request.release();
    }

    @Test
    void aRequestThatIsMadeLateHasWaitedSinceItWasPlanned() {
        loop.enter(Phase.MEASURED);

        trickle.run();
        reply();
        long first = loop.latencies().max();
        trickle.run();
        reply();

        assertThat(first).isGreaterThanOrEqualTo(LATE_NANOS);
        assertThat(loop.latencies().quantile(0)).isBetween(LATE_NANOS - 3 * INTERVAL_NANOS, first - 1);
        assertThat(loop.skippedCount()).isZero();
    }

    @Test
    void aClientThatStillWaitsIsSkippedAndThatIsCounted() {
        trickle.run();
        trickle.run();

        assertThat(loop.openCount()).isEqualTo(1);
        assertThat(loop.skippedCount()).isEqualTo(1);
    }

    @Test
    void nothingIsAskedAtTheEnd() {
        loop.enter(Phase.DRAINING);

        trickle.run();

        assertThat(loop.openCount()).isZero();
        assertThat(loop.skippedCount()).isZero();
    }
}
