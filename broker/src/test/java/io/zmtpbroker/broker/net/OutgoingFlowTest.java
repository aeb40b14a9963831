package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits behind octets that the kernel has not taken. */
@ExtendWith(LeakCheck.class)
class OutgoingFlowTest {

    /** What Netty counts for each write beside its octets. */
    private static final int WRITE_OVERHEAD = 96;

    private final EventLoops loops = EventLoops.start(Transport.NIO, transport -> LocalIoHandler.newFactory());
    private final DispatchLoop loop =
            new DispatchLoop(loops.loop(), loops.heap(), new DispatchConfig(0, 0, 0, 10_000), WantOfHeapTest.OPTIONS);
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

    /** A peer that is slow already, and reads nothing. */
    @ParameterizedTest
    @CsvSource({"-1, true", "0, true", "1, false"})
    void closesAPeerForWhichMoreWaitsThanMay(int octetsMore, boolean staysOpen) throws Exception {
        int waiting = (int) loop.memory().maxOutgoingOctets() + octetsMore;
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1000, 2000));

        onLoop(() -> {
            OutgoingFlow flow = flow();
            flow.batch().buffer().writeZero(waiting / 2 - WRITE_OVERHEAD);
            flow.endTurn(worker);
            assertThat(channel.isWritable()).isFalse();
            flow.batch().buffer().writeZero(waiting - waiting / 2 - WRITE_OVERHEAD);
            flow.endTurn(worker);
            assertThat(flow.waitingOctets()).isEqualTo(staysOpen ? waiting : 0);
            return null;
        });

        assertThat(channel.isOpen()).isEqualTo(staysOpen);
        assertThat(worker.blocked).isOne();
        assertThat(counted("connections.slow")).isEqualTo(staysOpen ? 0 : 1);
    }

    private OutgoingFlow flow() {
        var connection = new PeerConnection(loop, EndpointRole.WORKERS, WantOfHeapTest.ANY_PORT, channel, null);
        return new OutgoingFlow(connection, loop, channel, connection.gate());
    }

    private void sendTwoTasks(Exception failure) throws Exception {
        onLoop(() -> {
            OutgoingFlow flow = flow();
            flow.batch().buffer().writeZero(10);
            flow.endTurn(worker);
            sealing.failure = failure;
            flow.batch().buffer().writeZero(10);
            flow.endTurn(worker);
            return null;
        });
    }

    private long failed() {
        return counted("connections.failed");
    }

    private long counted(String name) {
        return CounterReport.of(loop.dispatcher().counters(), loop.counters()).getOrDefault(name, -1L);
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
        int blocked;

        @Override
        public boolean wantsWritten() {
            return true;
        }

        @Override
        public void onWritten() {
            written++;
        }

        @Override
        public void onBlocked() {
            blocked++;
        }

        @Override
        public void onMessage(ByteBuf message, long nowNanos) {}

        @Override
        public void onGone(long nowNanos) {}
    }
}
