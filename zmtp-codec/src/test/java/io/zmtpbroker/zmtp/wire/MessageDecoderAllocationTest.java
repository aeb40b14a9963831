package io.zmtpbroker.zmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.testing.Hex;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class MessageDecoderAllocationTest {
    private static final int ROUNDS = 20_000;

    @Test
    void allocatesNothingForWholeMessages() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuf in =
                Unpooled.wrappedBuffer(Hex.octets("01 05 00 12 34 56 78 | 01 00 | 00 40 61*64 | 02 00*6 01 00 62*256"));
        int length = in.readableBytes();
        Counter counter = new Counter();
        MessageDecoder decoder = new MessageDecoder(ZmtpLimits.DEFAULT, ByteBufAllocator.DEFAULT);
        decode(decoder, in, length, counter); // loads the classes

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            decode(decoder, in, length, counter);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(counter.messages).isEqualTo(2 * (ROUNDS + 1));
        assertThat(allocated).isLessThan(ROUNDS); // less than an octet a round: what the measuring itself takes
    }

    private static void decode(MessageDecoder decoder, ByteBuf in, int length, Counter counter) {
        in.setIndex(0, length);
        decoder.decode(in.retain(), counter);
    }

    private static final class Counter implements MessageDecoder.Sink {
        private int messages;

        @Override
        public void onMessage(ByteBuf message) {
            messages++;
        }

        @Override
        public void onCommand(ByteBuf body) {}
    }
}
