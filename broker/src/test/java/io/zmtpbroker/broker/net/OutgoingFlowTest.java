package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.ReferenceCountUtil;
import io.zmtpbroker.broker.dialect.Peer;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks behind octets that the kernel has not taken. */
@ExtendWith(LeakCheck.class)
class OutgoingFlowTest {

    private final EventLoops loops = EventLoops.start(Transport.NIO, transport -> LocalIoHandler.newFactory());
    private final DispatchLoop loop =
            new DispatchLoop(loops.loop(), new DispatchConfig(0, 0, 0, 10_000), WantOfHeapTest.OPTIONS);
    private final Sealing sealing = new Sealing();
    private final EmbeddedChannel channel = new StuckChannel(sealing);
    private final Worker worker = new Worker();

    @AfterEach
    void stop() throws Exception {
        onLoop(channel::close); // not finish(), which would throw what its writes met
        loops.watch().stopping();
        loops.group().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void closesTheConnectionWhenATaskCannotBeSealed() throws Exception {
        sendTwoTasks(new IllegalStateException("a bug"));

        assertThat(channel.isOpen()).isFalse();
        assertThat(worker.written).as("the first one only").isOne();
        assertThat(failed()).isOne();
    }

    /** As when the sending side was shut down in order. */
    @Test
    void leavesAConnectionThatIsBeingEndedAnyway() throws Exception {
        sendTwoTasks(new ClosedChannelException());

        assertThat(channel.isOpen()).isTrue();
        assertThat(worker.written).isOne();
        assertThat(failed()).isZero();
    }

    private void sendTwoTasks(Exception failure) throws Exception {
        onLoop(() -> {
            var connection = new PeerConnection(loop, EndpointRole.WORKERS, WantOfHeapTest.ANY_PORT, channel, null);
            OutgoingFlow flow = new OutgoingFlow(connection, loop, channel, connection.gate());
            flow.batch().buffer().writeZero(10);
            flow.endTurn(worker);
            sealing.failure = failure;
            flow.batch().buffer().writeZero(10);
            flow.endTurn(worker);
            return null;
        });
    }

    private long failed() {
        return CounterReport.of(loop.dispatcher().counters(), loop.counters()).getOrDefault("connections.failed", -1L);
    }

    private void onLoop(Callable<?> work) throws Exception {
        loops.loop().submit(work).get(10, TimeUnit.SECONDS);
    }

    /** Stands for a mechanism. */
    private static final class Sealing extends ChannelOutboundHandlerAdapter {
        @Nullable
        Exception failure;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (failure == null) {
                context.write(message, promise);
                return;
            }
            ReferenceCountUtil.release(message);
            promise.setFailure(failure);
        }
    }

    /** Its peer reads nothing. */
    private static final class StuckChannel extends EmbeddedChannel {
        StuckChannel(Sealing sealing) {
            super(sealing);
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer out) {}
    }

    private static final class Worker implements Peer {
        int written;

        @Override
        public boolean wantsWritten() {
            return true;
        }

        @Override
        public void onWritten() {
            written++;
        }

        @Override
        public void onMessage(ByteBuf message, long nowNanos) {}

        @Override
        public void onGone(long nowNanos) {}
    }
}
