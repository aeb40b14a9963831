package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.testing.Hex;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ErasedBufferTest {
    @Test
    void isErasedByItsLastRelease() {
        ByteBuffer memory = ByteBuffer.allocateDirect(3);
        ByteBuf buffer = new ErasedBuffer(memory).writeBytes(Hex.octets("01 02 03"));

        buffer.retainedSlice(1, 2).release();
        assertThat(memory.get(2)).isEqualTo((byte) 3);
        buffer.skipBytes(2).release();

        assertThat(memory).isEqualTo(ByteBuffer.allocate(3));
    }
}
