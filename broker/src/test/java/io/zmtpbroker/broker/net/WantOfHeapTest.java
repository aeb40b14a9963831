package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.internal.OutOfDirectMemoryError;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An OutOfMemoryError that strikes while something is done for one connection. */
class WantOfHeapTest {

    static final NetOptions OPTIONS = new NetOptions(
            Transport.NIO,
            EndpointAccess.OPEN,
            new NetLimits(
                    ZmtpLimits.DEFAULT.withMaxMessageLength(1000),
                    new ConnectionLimits(9, 9, 9, 9, 9),
                    new MemoryLimits(10_000, 10_000, 10_000),
                    Duration.ofMillis(100)),
            ZmtpHeartbeat.OFF,
            ClientGone.AUTO,
            Zmtp20.AUTO,
            Duration.ZERO);

    static final Endpoint ANY_PORT = Endpoint.parse("tcp://127.0.0.1:*");

    private final EventLoops loops = EventLoops.start(Transport.NIO, transport -> LocalIoHandler.newFactory());
    private final DispatchLoop loop =
            new DispatchLoop(loops.loop(), loops.heap(), new DispatchConfig(0, 0, 0, 10_000), OPTIONS);
    private final List<Channel> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger told = new AtomicInteger();

    @BeforeEach
    void connectTwo() {
        loops.watch().onFailure(told::incrementAndGet);
        LocalAddress address = new LocalAddress(WantOfHeapTest.class);
        var setup = ConnectionSetup.accepting(loop, EndpointRole.CLIENTS, ANY_PORT, OPTIONS);
        new ServerBootstrap()
                .group(loops.group())
                .channel(LocalServerChannel.class)
                .childHandler(new ChannelInitializer<LocalChannel>() {
                    @Override
                    protected void initChannel(LocalChannel channel) {
                        setup.installArrival(channel);
                        accepted.add(channel);
                    }
                })
                .bind(address)
                .syncUninterruptibly();
        for (int i = 1; i <= 2; i++) {
            new Bootstrap()
                    .group(loops.group())
                    .channel(LocalChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(address)
                    .syncUninterruptibly();
            int expected = i;
            while (accepted.size() < expected) {
                Thread.onSpinWait();
            }
        }
    }

    @AfterEach
    void stop() {
        loops.watch().stopping();
        loops.group().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Java heap space", "GC overhead limit exceeded", "Metaspace"})
    void endsTheLoopAsIfItHadFailedItself(String reason) {
        fail(new OutOfMemoryError(reason));

        assertThat(loops.group().terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(told.get()).as("told once").isOne();
    }

    @ParameterizedTest
    @MethodSource("othersThanOfTheHeap")
    void anyOtherErrorEndsItsConnectionOnly(Throwable error) throws Exception {
        fail(error);

        accepted.get(0).closeFuture().sync();
        assertThat(accepted.get(1).isOpen()).isTrue();
        assertThat(told.get()).isZero();
        assertThat(CounterReport.of(loop.dispatcher().counters(), loop.counters()))
                .containsEntry("connections.failed", 1L);
    }

    static Stream<Throwable> othersThanOfTheHeap() throws Exception {
        var netty = OutOfDirectMemoryError.class.getDeclaredConstructor(String.class);
        netty.setAccessible(true);
        return Stream.of(
                netty.newInstance("failed to allocate 42 byte(s) of direct memory"),
                new OutOfMemoryError("Direct buffer memory"),
                new OutOfMemoryError("Cannot reserve 42 bytes of direct buffer memory (allocated: 1, limit: 2)"),
                new OutOfMemoryError("unable to create native thread: possibly out of memory"),
                new StackOverflowError(),
                new IllegalStateException("a bug"));
    }

    @ParameterizedTest
    @MethodSource("waysToTheLoop")
    void endsTheLoopAlsoFromATaskThatNobodyWatches(BiConsumer<SingleThreadEventLoop, Runnable> give) {
        give.accept(loops.loop(), () -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThat(loops.group().terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(told.get()).as("told once").isOne();
    }

    @ParameterizedTest
    @MethodSource("waysToTheLoop")
    void anyOtherErrorOfATaskDoesNot(BiConsumer<SingleThreadEventLoop, Runnable> give) {
        give.accept(loops.loop(), () -> {
            throw new OutOfMemoryError("Direct buffer memory");
        });

        var later = loops.loop().schedule(() -> {}, 10, TimeUnit.MILLISECONDS);
        assertThat(later.awaitUninterruptibly(10, TimeUnit.SECONDS)).isTrue();
        assertThat(told.get()).isZero();
    }

    static Stream<BiConsumer<SingleThreadEventLoop, Runnable>> waysToTheLoop() {
        return Stream.of(
                SingleThreadEventLoop::execute,
                (loop, task) -> {
                    loop.lazyExecute(task);
                    loop.execute(() -> {}); // which wakes it
                },
                SingleThreadEventLoop::submit,
                (loop, task) -> loop.submit(task, "done"),
                (loop, task) -> loop.submit(Executors.callable(task)),
                (loop, task) -> loop.schedule(task, 1, TimeUnit.MILLISECONDS),
                (loop, task) -> loop.schedule(Executors.callable(task), 1, TimeUnit.MILLISECONDS),
                (loop, task) -> loop.scheduleAtFixedRate(task, 1, 1, TimeUnit.MILLISECONDS),
                (loop, task) -> loop.scheduleWithFixedDelay(task, 1, 1, TimeUnit.MILLISECONDS));
    }

    @Test
    void endsTheLoopFromWhatIsToldWhenAPromiseIsDone() {
        GenericFutureListener<Future<Object>> listener = loop.heap().watchedListener(done -> {
            throw new OutOfMemoryError("Java heap space");
        });

        loops.loop().newSucceededFuture(null).addListener(listener);

        assertThat(loops.group().terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void isNoticedInATaskOfTheLoopAndGoesItsWay() {
        WantOfHeap heap = new WantOfHeap(told::incrementAndGet);
        OutOfMemoryError error = new OutOfMemoryError();
        Runnable task = heap.watched(() -> {
            throw error;
        });

        assertThatThrownBy(task::run).isSameAs(error);
        assertThat(told.get()).isOne();
    }

    @Test
    void aBrokerThatHasEndedSoHasClosedItsConnectionsAndCanBeClosed() throws Exception {
        BrokerServer server = new BrokerServer(OPTIONS, new DispatchConfig(0, 0, 0, 10_000));
        server.onFailure(told::incrementAndGet);
        int port = server.open(EndpointRole.CLIENTS, ANY_PORT).endpoint().port();

        try (RawPeer peer = RawPeer.connect(port, "DEALER")) {
            server.loop().heap().lookAt(new OutOfMemoryError("Java heap space"));
            peer.awaitEnd();
        }

        assertThat(server.stop(Duration.ZERO).get(10, TimeUnit.SECONDS)).containsEntry("connections.failed", 0L);
        assertThat(server.stop(Duration.ZERO).get(10, TimeUnit.SECONDS)).isNotEmpty();
        assertThat(told.get()).isOne();
    }

    private void fail(Throwable error) {
        loops.loop().execute(() -> accepted.get(0).pipeline().fireExceptionCaught(error));
    }
}
