package io.zmtpbroker.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadClientTest {

    private static final int BODY_LENGTH = 64;

    private final DefaultEventLoop eventLoop = new DefaultEventLoop();
    private final LoadLoop loop = new LoadLoop(eventLoop, new CompletableFuture<>());
    private final LoadClient client = new LoadClient(loop, () -> {}, 7, 1, new RequestBody(BODY_LENGTH), false);
    private final EmbeddedChannel channel = new EmbeddedChannel(client);

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
        eventLoop.shutdownGracefully();
    }

    private ByteBuf request() {
        client.onOpen();
        client.flush();
        ByteBuf request = channel.readOutbound();
        return request;
    }

    @Test
    void itsOwnRequestIsTheRightReplyOnce() {
        ByteBuf request = request();

        client.onMessage(request.duplicate());
        client.onMessage(request.duplicate());

        assertThat(loop.openCount()).isZero();
        assertThat(loop.wrongCount()).isEqualTo(1);
        request.release();
    }

    @Test
    void anyOtherOctetIsWrong() {
        ByteBuf request = request();
        for (int i = 4; i < request.writerIndex(); i++) { // behind the frames' headers
            ByteBuf altered = request.copy();
            altered.setByte(i, altered.getByte(i) ^ 1);
            client.onMessage(altered);
            altered.release();
        }

        assertThat(loop.wrongCount()).isEqualTo(BODY_LENGTH);
        assertThat(loop.openCount()).isEqualTo(1);
        request.release();
    }

    @Test
    void anEmptyBodyIsARefusal() {
        request().release();
        ByteBuf failure = Unpooled.wrappedBuffer(new byte[] {1, 0, 0, 0});

        client.onMessage(failure);

        assertThat(loop.refusedCount()).isEqualTo(1);
        assertThat(loop.wrongCount()).isZero();
    }
}
