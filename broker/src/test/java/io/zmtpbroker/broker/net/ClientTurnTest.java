package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalIoHandler;
import io.zmtpbroker.broker.dialect.Peer;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client of which as many requests are open as may be. */
@ExtendWith(LeakCheck.class)
class ClientTurnTest {

    private static final long MOST = WantOfHeapTest.OPTIONS.limits().memory().maxClientOctets();

    private final EventLoops loops = EventLoops.start(Transport.NIO, transport -> LocalIoHandler.newFactory());
    private final DispatchLoop loop = new DispatchLoop(
            loops.loop(), loops.heap(), new DispatchConfig(0, 0, 0, 10 * MOST), WantOfHeapTest.OPTIONS);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Client client = new Client();
    private final CompletableFuture<PeerConnection> connected = new CompletableFuture<>();

    @BeforeEach
    void connect() {
        turn(() -> {
            var connection = new PeerConnection(loop, EndpointRole.CLIENTS, WantOfHeapTest.ANY_PORT, channel, null);
            connection.become(client);
            connected.complete(connection);
        });
    }

    @AfterEach
    void stop() {
        loops.watch().stopping();
        loops.group().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        channel.finishAndReleaseAll();
    }

    @Test
    void isReadAgainWhenEnoughOfThemHaveEnded() {
        ask(MOST);
        assertThat(isRead()).isFalse();

        end(MOST - MOST / 8 + 1);
        assertThat(isRead()).isFalse();

        end(MOST - MOST / 8);
        assertThat(isRead()).isTrue();
    }

    /** Of such clients there may be thousands, and turns are short. */
    @Test
    void isNotLookedAtInTurnsThatDoNotConcernIt() {
        ask(MOST);
        int looks = client.looks;

        for (int i = 0; i < 5; i++) {
            turn(loop::nowNanos);
        }
        assertThat(client.looks).isEqualTo(looks);

        end(MOST - 1);
        assertThat(client.looks).isEqualTo(looks + 1);
    }

    @Test
    void countsAsUnreadUntilItIsReadAgain() {
        ask(MOST);
        assertThat(loop.isAnybodyUnread()).isTrue();

        end(0);
        assertThat(loop.isAnybodyUnread()).isFalse();
    }

    private void ask(long octets) {
        turn(() -> {
            client.queued = octets;
            connected.join().onMessage(Unpooled.EMPTY_BUFFER);
        });
    }

    private void end(long octetsLeft) {
        turn(() -> {
            client.queued = octetsLeft;
            connected.join().requestEnded();
        });
    }

    private boolean isRead() {
        return channel.config().isAutoRead();
    }

    /** Returns when the turn in which this is done has ended. */
    private void turn(Runnable work) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        loops.loop().execute(() -> {
            loop.onEndOfTurn(() -> ended.complete(null));
            work.run();
        });
        ended.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static final class Client implements Peer {
        long queued;
        int looks;

        @Override
        public boolean isClient() {
            return true;
        }

        @Override
        public long queuedOctets() {
            looks++;
            return queued;
        }

        @Override
        public void onMessage(ByteBuf message, long nowNanos) {}

        @Override
        public void onGone(long nowNanos) {}
    }
}
