package io.zmtpbroker.zmtp.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class HandshakeInputTest {
    private final HandshakeInput input = new HandshakeInput(new UnpooledByteBufAllocator(false));

    @Test
    void erasesWhatWasUsedWhenThatIsAll() {
        byte[] memory = Hex.octets("01 02 03");
        input.add(Unpooled.wrappedBuffer(memory));

        input.octets().skipBytes(3);
        input.settle();

        assertThat(memory).containsOnly(0);
    }

    @Test
    void erasesEachReadBufferOutOfWhichItCopied() {
        byte[] first = Hex.octets("01 02");
        byte[] second = Hex.octets("03 04");
        input.add(Unpooled.wrappedBuffer(first));
        input.settle();
        input.add(Unpooled.wrappedBuffer(second));
        input.settle();

        assertThat(Hex.of(input.octets())).isEqualTo("01020304");
        assertThat(first).containsOnly(0);
        assertThat(second).containsOnly(0);
        input.release();
    }

    @Test
    void erasesWhatWasUsedInFrontOfWhatItPassesOn() {
        byte[] memory = Hex.octets("01 02 03");
        input.add(Unpooled.wrappedBuffer(memory));

        input.octets().skipBytes(2);
        ByteBuf rest = input.take();

        assertThat(Hex.of(rest)).isEqualTo("03");
        assertThat(memory).containsExactly(0, 0, 3);
        rest.release();
    }

    @Test
    void erasesWhatIsGivenUp() {
        byte[] memory = Hex.octets("01 02 03");
        input.add(Unpooled.wrappedBuffer(memory));

        input.release();

        assertThat(memory).containsOnly(0);
    }

    @Test
    void leavesABufferThatMayNotBeWritten() {
        ByteBuf octets = ByteBufAllocator.DEFAULT.buffer().writeBytes(Hex.octets("01 02"));
        input.add(octets.asReadOnly());

        input.release();

        assertThat(octets.refCnt()).isZero();
    }
}
