package io.zmtpbroker.zmtp.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.security.ZmtpMechanism;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanismPort;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The time limit of handshakes, of many connections on one event loop whose clock is held. */
@ExtendWith(LeakCheck.class)
@Timeout(20)
class HandshakeSweepTest {
    private static final int CROWD = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final MockTicker clock = Ticker.newMockTicker();
    private final CountingLoop loop = new CountingLoop(clock);
    private final List<Channel> accepted = new ArrayList<>();
    private final Application application = new SharedApplication();
    private final List<String> events = application.events;
    private int address;

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            clock.advance(1, TimeUnit.SECONDS);
            loop.runNow();
        }
    }

    @Test
    void oneTimerIsEnoughForAllHandshakesOfALoop() {
        Endpoint endpoint = new Endpoint(LIMIT);
        endpoint.connect();

        for (int i = 0; i < CROWD; i++) {
            Channel client = endpoint.connect();
            if (i % 3 == 0) {
                client.close();
            } else if (i % 3 == 1) {
                shakeHands(client);
            }
            pass(Duration.ofMillis(1));
        }

        assertThat(events).filteredOn("complete DEALER"::equals).hasSize(CROWD / 3);
        assertThat(loop.timers).isOne();
    }

    @Test
    void noTimerIsLeftWhenNobodyShakesHands() {
        Endpoint endpoint = new Endpoint(LIMIT);
        Channel first = endpoint.connect();
        Channel second = endpoint.connect();
        assertThat(loop.hasTimer()).isTrue();

        first.close();
        shakeHands(second);

        assertThat(loop.hasTimer()).isFalse();
    }

    @Test
    void eachHasItsOwnTimeAndNoMore() {
        Endpoint endpoint = new Endpoint(LIMIT);
        endpoint.connect();
        pass(Duration.ofMillis(5));
        endpoint.connect();
        endpoint.connect();

        pass(LIMIT.minusMillis(6));
        assertThat(open()).isEqualTo(3);
        pass(Duration.ofMillis(1));
        assertThat(open()).isEqualTo(2);
        pass(Duration.ofMillis(4));
        assertThat(open()).isEqualTo(2);
        pass(Duration.ofMillis(1));

        assertThat(open()).isZero();
        assertThat(events)
                .containsOnly("violation HANDSHAKE_TIMEOUT", "inactive")
                .hasSize(6);
        assertThat(loop.timers).isEqualTo(2);
    }

    @Test
    void oneThatComesAfterAllOthersHaveEndedHasItsWholeTime() {
        Endpoint endpoint = new Endpoint(LIMIT);
        shakeHands(endpoint.connect());
        pass(LIMIT.minusMillis(1));
        endpoint.connect();

        pass(LIMIT.minusMillis(1));
        assertThat(open()).isEqualTo(2);
        pass(Duration.ofMillis(1));

        assertThat(open()).isOne();
        pass(Duration.ofDays(1));
        endpoint.connect();
        pass(LIMIT);
        assertThat(open()).as("the one that is complete").isOne();
    }

    @Test
    void endpointsMayGiveDifferentTimes() {
        Endpoint patient = new Endpoint(LIMIT);
        Endpoint hasty = new Endpoint(Duration.ofSeconds(1));
        patient.connect();
        hasty.connect();
        pass(Duration.ofMillis(500));
        patient.connect();
        hasty.connect();

        pass(Duration.ofMillis(500));
        assertThat(open()).isEqualTo(3);
        pass(Duration.ofMillis(500));
        assertThat(open()).isEqualTo(2);
        pass(LIMIT.minusMillis(1500));
        assertThat(open()).isOne();
        pass(Duration.ofMillis(500));

        assertThat(open()).isZero();
    }

    @Test
    void oneWhoseEndEndsAnotherIsNoHindrance() {
        Endpoint endpoint = new Endpoint(LIMIT);
        endpoint.connect();
        endpoint.connect();
        endpoint.connect();
        accepted.get(0).closeFuture().addListener(ended -> accepted.get(1).close());

        pass(LIMIT);

        assertThat(open()).isZero();
        assertThat(events)
                .filteredOn("violation HANDSHAKE_TIMEOUT"::equals)
                .as("of two, the other was closed before its turn, or with it")
                .hasSizeBetween(2, 3);
    }

    @Test
    void thoseThatFailAtTheirEndAreClosedAsOthersAre() {
        Endpoint endpoint = new Endpoint(pipeline(LIMIT, local -> new FailsAtItsEnd()));
        endpoint.connect();
        endpoint.connect();

        pass(LIMIT);

        assertThat(open()).isZero();
        assertThat(events).contains("exception at the end");
    }

    /** As in an application's tests, or a fuzzer's, where each embedded channel is a loop of its own. */
    @Test
    void aLoopThatIsForgottenInTheMiddleOfAHandshakeIsNotKept() {
        WeakReference<Channel> forgotten = new WeakReference<>(beganAHandshake());

        while (forgotten.get() != null) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(forgotten.get()).isNull();
    }

    private static Channel beganAHandshake() {
        EmbeddedChannel channel = new EmbeddedChannel();
        pipeline(LIMIT).install(channel.pipeline());
        channel.releaseOutbound();
        return channel;
    }

    private static ZmtpPipeline pipeline(Duration limit) {
        return pipeline(limit, ZmtpMechanisms.anonymous());
    }

    private static ZmtpPipeline pipeline(Duration limit, ZmtpMechanismFactory mechanism) {
        return ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER)
                .mechanism(mechanism)
                .limits(ZmtpLimits.DEFAULT.withHandshakeTimeout(limit))
                .build());
    }

    private void shakeHands(Channel client) {
        client.writeAndFlush(Hex.buffer(Wire.GREETING.replace("03 01", "03 00") + Wire.READY_DEALER)); // no heartbeats
        loop.runAll();
    }

    private void pass(Duration time) {
        clock.advance(time.toNanos(), TimeUnit.NANOSECONDS);
        loop.runAll();
    }

    private long open() {
        return accepted.stream().filter(Channel::isOpen).count();
    }

    /** Somewhere to connect to, where handshakes may take so long. */
    private final class Endpoint {
        private final LocalAddress name = new LocalAddress("handshakes-" + address++);

        Endpoint(Duration limit) {
            this(pipeline(limit));
        }

        Endpoint(ZmtpPipeline zmtp) {
            new ServerBootstrap()
                    .group(loop)
                    .channel(LocalServerChannel.class)
                    .childHandler(new ChannelInitializer<LocalChannel>() {
                        @Override
                        protected void initChannel(LocalChannel channel) {
                            accepted.add(channel);
                            zmtp.install(channel.pipeline());
                            channel.pipeline().addLast(application);
                        }
                    })
                    .bind(name);
            loop.runAll();
        }

        Channel connect() {
            Channel client = new Bootstrap()
                    .group(loop)
                    .channel(LocalChannel.class)
                    .handler(new Deaf())
                    .connect(name)
                    .channel();
            loop.runAll();
            return client;
        }
    }

    /** Of all connections. */
    @ChannelHandler.Sharable
    private static final class SharedApplication extends Application {}

    /** Drops what it hears. */
    private static final class Deaf extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }
    }

    /** A mechanism with a bug. */
    private static final class FailsAtItsEnd implements ZmtpMechanism {
        @Override
        public String name() {
            return "NULL";
        }

        @Override
        public boolean asServer() {
            return false;
        }

        @Override
        public void onGreeting(int peerMinorVersion, ZmtpMechanismPort port) {}

        @Override
        public void onCommand(ByteBuf body, ZmtpMechanismPort port) {}

        @Override
        public void close() {
            throw new IllegalStateException("at the end");
        }
    }

    /** Driven by the test's thread; counts the timers that are set. */
    private static final class CountingLoop extends ManualIoEventLoop {
        int timers;
        private @Nullable ScheduledFuture<?> last;

        CountingLoop(Ticker ticker) {
            super(null, Thread.currentThread(), LocalIoHandler.newFactory(), ticker);
        }

        void runAll() {
            while (runNow() > 0) {
                Thread.onSpinWait();
            }
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            timers++;
            ScheduledFuture<?> timer = super.schedule(task, delay, unit);
            last = timer;
            return timer;
        }

        /** Whether the last one is still to go off. */
        boolean hasTimer() {
            return last != null && !last.isDone();
        }
    }
}
