package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalIoHandler;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener for which the system has no descriptors left, in a time that stands still unless it is moved. */
class AcceptFailuresTest {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final EventLoops loops = EventLoops.start(Transport.NIO, transport -> LocalIoHandler.newFactory());
    private final DispatchLoop loop =
            new DispatchLoop(loops.loop(), loops.heap(), new DispatchConfig(0, 0, 0, 10_000), WantOfHeapTest.OPTIONS);
    private final Listener listener = new Listener();
    private EmbeddedChannel channel = listenerThatPauses(PAUSE);

    @BeforeEach
    void listenedBefore() {
        listener.attempts = 0;
    }

    @AfterEach
    void stop() {
        channel.finishAndReleaseAll();
        loops.watch().stopping();
        loops.group().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private EmbeddedChannel listenerThatPauses(Duration pause) {
        EmbeddedChannel made = new EmbeddedChannel(listener, new AcceptFailures(loop, EndpointRole.CLIENTS, pause));
        made.freezeTime();
        return made;
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 100, 2500})
    void triesAgainWhenThePauseIsOverAndNoSooner(long pauseMillis) {
        channel.finishAndReleaseAll();
        channel = listenerThatPauses(Duration.ofMillis(pauseMillis));
        listener.attempts = 0;

        fail();
        assertThat(channel.config().isAutoRead()).isFalse();
        passMillis(pauseMillis - 1);
        assertThat(listener.attempts).isZero();
        assertThat(channel.config().isAutoRead()).isFalse();

        passMillis(1);
        assertThat(listener.attempts).isOne();
        assertThat(channel.config().isAutoRead()).isTrue();

        passMillis(1);
        assertThat(listener.attempts).as("one attempt, and no more of its own").isOne();
    }

    /** As with io_uring, which has begun the next attempt when it tells of a failure. */
    @Test
    void failuresInThePauseDoNotMakeMoreAttempts() {
        fail();
        passMillis(60);
        fail();
        passMillis(40);
        assertThat(listener.attempts).isOne();

        passMillis(60);
        assertThat(listener.attempts).isOne();
    }

    @Test
    void doesNotSpinAsLongAsEveryAttemptFails() {
        listener.hasDescriptors = false;
        fail();

        for (int i = 0; i < 10_000; i++) {
            passMillis(1);
        }

        assertThat(listener.attempts).as("in ten seconds").isEqualTo(100);
        assertThat(CounterReport.of(loop.dispatcher().counters(), loop.counters()))
                .containsEntry("connections.accept-failed", 101L);
    }

    @Test
    void acceptsAgainWhenThereAreDescriptors() {
        listener.hasDescriptors = false;
        fail();
        passMillis(950);
        listener.hasDescriptors = true;

        passMillis(50);

        assertThat(channel.config().isAutoRead()).isTrue();
        passMillis(10_000);
        assertThat(listener.attempts).isEqualTo(10);
        fail(); // and once more
        assertThat(channel.config().isAutoRead()).isFalse();
        passMillis(100);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    private void fail() {
        channel.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
    }

    private void passMillis(long millis) {
        for (long i = 0; i < millis; i++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    /** Asked to read, it tries to accept. */
    private static final class Listener extends ChannelOutboundHandlerAdapter {

        int attempts;
        boolean hasDescriptors = true;

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void read(ChannelHandlerContext context) {
            attempts++;
            if (!hasDescriptors) {
                context.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
            }
        }
    }
}
