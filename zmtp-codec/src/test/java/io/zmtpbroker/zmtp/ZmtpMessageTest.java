package io.zmtpbroker.zmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class ZmtpMessageTest {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    @Test
    void isHeldInCanonicalForm() {
        ZmtpMessage message = ZmtpMessage.of(
                ALLOCATOR, new byte[0], Hex.octets("68 65 6c 6c 6f"), Hex.octets("07*255"), Hex.octets("08*256"));

        assertThat(Hex.of(message.content()))
                .isEqualTo(Hex.of(Hex.octets("01 00 | 01 05 68 65 6c 6c 6f | 01 ff 07*255 | 02 00*6 01 00 08*256")));
        assertThat(message.frameCount()).isEqualTo(4);
        assertThat(Hex.of(message.frame(1))).isEqualTo("68656c6c6f");
        assertThat(message.frame(3).readableBytes()).isEqualTo(256);
        assertThat(message.frames()).extracting(ByteBuf::readableBytes).containsExactly(0, 5, 255, 256);
        message.release();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesBackTheFramesItWasMadeOf(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> expected = new ArrayList<>();
        ByteBuf[] bodies = new ByteBuf[1 + random.nextInt(8)];
        for (int i = 0; i < bodies.length; i++) {
            byte[] body = new byte[random.nextInt(1 << random.nextInt(17))];
            random.nextBytes(body);
            expected.add(Hex.of(body));
            bodies[i] = Hex.buffer(body);
        }

        ZmtpMessage message = ZmtpMessage.ofFrames(ALLOCATOR, bodies);
        ZmtpMessage again = ZmtpMessage.ofWire(message.content().retainedDuplicate());

        assertThat(again.frames()).extracting(Hex::of).isEqualTo(expected);
        assertThat(again).isEqualTo(message);
        again.release();
        assertThat(message.release()).isTrue();
    }

    @Test
    void doesNotCopyALargeBody() {
        ByteBuf body = Hex.buffer(new byte[16_384]);

        ZmtpMessage message = ZmtpMessage.ofFrames(ALLOCATOR, Hex.buffer("61"), body, Hex.buffer("62"));

        assertThat(body.refCnt()).isEqualTo(1);
        body.setByte(5, 0x55);
        assertThat(message.frame(1).getByte(5)).isEqualTo((byte) 0x55);
        assertThat(message.frames()).extracting(ByteBuf::readableBytes).containsExactly(1, 16_384, 1);
        message.release();
        assertThat(body.refCnt()).isZero();
    }

    @Test
    void refusesNoFrames() {
        assertThatIllegalArgumentException().isThrownBy(() -> ZmtpMessage.of(ALLOCATOR));
    }

    @Test
    void hasNoOtherFrames() {
        ZmtpMessage message = ZmtpMessage.of(ALLOCATOR, new byte[1]);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> message.frame(1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> message.frame(-1));
        message.release();
    }

    @Test
    void keepsItsTypeThroughTheOperationsOfItsHolder() {
        ZmtpMessage message = ZmtpMessage.of(ALLOCATOR, new byte[1]);

        ZmtpMessage copy = message.copy();
        ZmtpMessage duplicate = message.retain().duplicate().touch();
        ZmtpMessage retained = message.retainedDuplicate();

        assertThat(copy).isEqualTo(message).isEqualTo(duplicate).isEqualTo(retained);
        assertThat(copy).hasToString("ZmtpMessage[3 octets]");
        copy.release();
        message.release(3);
        assertThat(message).hasToString("ZmtpMessage[released]");
    }
}
