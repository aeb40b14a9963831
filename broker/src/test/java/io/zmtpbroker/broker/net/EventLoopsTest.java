package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a transport that is there, and refuses when it is used. */
class EventLoopsTest {

    /** Plenty. */
    private static final long ROOM = 1L << 30;

    private final List<Transport> tried = new ArrayList<>();

    private @Nullable EventLoops loops;

    @AfterEach
    void stop() {
        if (loops != null) {
            loops.group().shutdownGracefully();
        }
    }

    @Test
    void automaticallyTheNextBestTakesThePlaceOfOneThatRefuses() {
        Transport best = Transport.AUTO.resolved();

        loops = EventLoops.start(Transport.AUTO, refusing(Set.of(best))::factory);

        assertThat(tried).startsWith(best);
        assertThat(loops.transport()).isEqualTo(best.nextBest()).isNotEqualTo(Transport.AUTO);
    }

    @Test
    void nioIsTheLastResort() {
        loops = EventLoops.start(Transport.AUTO, refusing(Set.of(Transport.IO_URING, Transport.EPOLL))::factory);

        assertThat(loops.transport()).isEqualTo(Transport.NIO);
    }

    @Test
    void whatWasAskedForIsNotReplaced() {
        assertThatThrownBy(() -> EventLoops.start(Transport.NIO, refusing(Set.of(Transport.NIO))::factory))
                .hasRootCauseMessage("not here");
        assertThat(tried).containsExactly(Transport.NIO);
    }

    @Test
    void tellsOfAnEndThatNobodyHasAskedFor() throws Exception {
        var told = new CountDownLatch(1);
        EventLoops broken = EventLoops.start(Transport.NIO, transport -> executor -> new BrokenHandler());
        broken.watch().onFailure(told::countDown);

        broken.loop().execute(() -> {}); // which starts the thread

        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        var toldLater = new CountDownLatch(1);
        broken.watch().onFailure(toldLater::countDown);
        assertThat(toldLater.getCount()).as("told at once").isZero();
    }

    @Test
    void doesNotTellOfAnEndInOrder() throws Exception {
        var told = new CountDownLatch(1);
        EventLoops stopped = EventLoops.start(Transport.NIO, ROOM);
        stopped.watch().onFailure(told::countDown);
        Callable<Thread> self = Thread::currentThread;
        Thread thread = stopped.loop().submit(self).get();

        stopped.watch().stopping();
        stopped.group().shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        thread.join();

        assertThat(told.getCount()).isOne();
    }

    /** Fails as a loop does that has no memory for itself. */
    private static final class BrokenHandler implements IoHandler {

        @Override
        public int run(IoHandlerContext context) {
            throw new OutOfMemoryError("made up");
        }

        @Override
        public void destroy() {}

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wakeup() {}

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return false;
        }
    }

    private Refusing refusing(Set<Transport> refused) {
        return new Refusing(refused, tried);
    }

    private record Refusing(Set<Transport> refused, List<Transport> tried) {

        IoHandlerFactory factory(Transport transport) {
            tried.add(transport);
            if (refused.contains(transport)) {
                return executor -> {
                    throw new UncheckedIOException(new IOException("not here"));
                };
            }
            return Objects.requireNonNull(transport.ioHandlerFactory(ROOM));
        }
    }
}
