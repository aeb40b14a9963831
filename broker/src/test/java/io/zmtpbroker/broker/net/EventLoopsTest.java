package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.zmtpbroker.broker.LogLines;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** As io_uring takes its receive buffers: not before the loop's thread runs, and the JDK and Netty say each its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot reserve 4194304 bytes of direct buffer memory (allocated: 1, limit: 2)",
                "Direct buffer memory"
            })
    void theNextBestTakesThePlaceOfOneThatHasNoMemoryForItsBuffers(String message) {
        Transport best = Transport.AUTO.resolved();
        try (LogLines log = new LogLines()) {
            loops = EventLoops.start(
                    Transport.AUTO,
                    transport -> transport == best
                            ? executor -> new HungryHandler(new OutOfMemoryError(message))
                            : Objects.requireNonNull(transport.ioHandlerFactory(ROOM)));

            assertThat(loops.transport()).isEqualTo(best.nextBest());
            assertThat(log.with(
                            best.label() + " does not work here (its own buffers do not fit in the memory for buffers"))
                    .hasSize(1);
        }
    }

    @Test
    void saysWhyWhatWasAskedForDoesNotWork() {
        assertThatThrownBy(() -> EventLoops.start(
                        Transport.NIO,
                        transport -> executor -> new HungryHandler(new OutOfMemoryError("Direct buffer memory"))))
                .isInstanceOf(TransportException.class)
                .hasMessageStartingWith("the transport nio does not work here: its own buffers do not fit");
    }

    /** Another transport would not help. */
    @ParameterizedTest
    @ValueSource(strings = {"Java heap space", "unable to create native thread: possibly out of memory"})
    void nothingTakesThePlaceOfOneThatLacksOtherMemory(String message) {
        assertThatThrownBy(() -> EventLoops.start(Transport.AUTO, transport -> {
                    tried.add(transport);
                    return executor -> new HungryHandler(new OutOfMemoryError(message));
                }))
                .hasRootCauseMessage(message);
        assertThat(tried).hasSize(1);
    }

    @Test
    void tellsOfAnEndThatNobodyHasAskedFor() throws Exception {
        var told = new CountDownLatch(1);
        var handler = new BrokenHandler();
        EventLoops broken = EventLoops.start(Transport.NIO, transport -> executor -> handler);
        broken.watch().onFailure(told::countDown);

        broken.loop().execute(() -> handler.broken = true);

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

    /** There is no memory for what it begins with. */
    private static final class HungryHandler extends IdleHandler {

        private final OutOfMemoryError error;

        HungryHandler(OutOfMemoryError error) {
            this.error = error;
        }

        @Override
        public void initialize() {
            throw error;
        }
    }

    /** Fails as a loop does that has no memory for itself. */
    private static final class BrokenHandler extends IdleHandler {

        /** From then on. */
        boolean broken;

        @Override
        public int run(IoHandlerContext context) {
            if (broken) {
                throw new OutOfMemoryError("made up");
            }
            return super.run(context);
        }
    }

    /** Drives no sockets. */
    private static class IdleHandler implements IoHandler {

        @Override
        public int run(IoHandlerContext context) {
            return 0;
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
