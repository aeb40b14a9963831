package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.IoHandlerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a transport that is there, and refuses when it is used. */
class EventLoopsTest {

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
            return Objects.requireNonNull(transport.ioHandlerFactory());
        }
    }
}
