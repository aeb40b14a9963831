package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.wire.Borrowed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A message of which the beginning is gathered when there is no memory for the rest. */
@ExtendWith(LeakCheck.class)
class OutgoingBatchTest {

    private static final int BODY_LENGTH = Borrowed.COPY_BELOW;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final OutgoingBatch batch = new OutgoingBatch(channel, () -> {});
    private final ByteBuf read = Unpooled.buffer(4 * BODY_LENGTH).writerIndex(4 * BODY_LENGTH);

    /** Fills less than half of what was read, so that it is to be copied. */
    private final ByteBuf body = read.setIndex(10, 10 + BODY_LENGTH).setByte(10, 'b');

    @AfterEach
    void close() {
        batch.release();
        read.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void aLongBodyStaysBehindItsBeginningThoughThereIsNoMemoryForACopy() {
        channel.config()
                .setAllocator(
                        new Refusing("Cannot reserve 16384 bytes of direct buffer memory (allocated: 1, limit: 2)"));
        batch.buffer().writeBytes(new byte[] {'a', 'a'});
        assertThatCode(() -> batch.append(body)).doesNotThrowAnyException();
        batch.buffer().writeByte('c');
        batch.append(Unpooled.EMPTY_BUFFER);
        batch.flush(channel.newPromise());

        ByteBuf sent = allThatWasSent();
        assertThat(sent.readableBytes()).isEqualTo(2 + BODY_LENGTH + 1);
        assertThat(sent.getByte(1)).isEqualTo((byte) 'a');
        assertThat(sent.slice(2, BODY_LENGTH)).isEqualTo(body);
        assertThat(sent.getByte(2 + BODY_LENGTH)).isEqualTo((byte) 'c');
        assertThat(body.readableBytes()).as("only borrowed").isEqualTo(BODY_LENGTH);
        sent.release();
        assertThat(read.refCnt()).isOne();
    }

    /** That ends the broker, so that nobody takes the next message for the rest of this one. */
    @Test
    void wantOfHeapIsNoWantOfMemoryForBuffers() {
        channel.config().setAllocator(new Refusing("Java heap space"));

        assertThatThrownBy(() -> batch.append(body)).hasMessage("Java heap space");
    }

    private ByteBuf allThatWasSent() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return all;
    }

    /** Has no memory for anything long. */
    private static final class Refusing extends AbstractByteBufAllocator {

        private final String message;

        Refusing(String message) {
            this.message = message;
        }

        @Override
        protected ByteBuf newHeapBuffer(int initial, int most) {
            if (initial >= BODY_LENGTH) {
                throw new OutOfMemoryError(message);
            }
            return Unpooled.buffer(initial, most);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initial, int most) {
            return newHeapBuffer(initial, most);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
