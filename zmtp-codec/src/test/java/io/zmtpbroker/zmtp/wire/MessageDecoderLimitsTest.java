package io.zmtpbroker.zmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.testing.Fragmenter;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class MessageDecoderLimitsTest {
    private static final ZmtpLimits LIMITS = ZmtpLimits.DEFAULT
            .withMaxMessageLength(1_000)
            .withMaxMessageFrames(5)
            .withMaxHandshakeCommandLength(100);

    @ParameterizedTest
    @CsvSource({"999,", "1000,", "1001, FRAME_TOO_LONG"})
    void limitsTheLengthOfAFrame(int length, @Nullable ZmtpViolation violation) {
        ByteBuf wire = Unpooled.buffer();
        Frames.write(wire, false, new byte[length]);

        assertThat(violationOf(wire)).isEqualTo(violation);
        assertThat(violationOf(Unpooled.buffer().writeByte(2).writeLong(length)))
                .isEqualTo(violation);
    }

    @ParameterizedTest
    @CsvSource({"299,", "300,", "301, FRAME_TOO_LONG"})
    void limitsTheLengthOfAFrameBelowThatOfAMessage(int length, @Nullable ZmtpViolation violation) {
        ByteBuf wire = Unpooled.buffer();
        Frames.write(wire, true, new byte[300]);
        Frames.write(wire, true, new byte[300]);
        Frames.write(wire, false, new byte[length]);

        assertThat(violationOf(wire, LIMITS.withMaxFrameLength(300))).isEqualTo(violation);
    }

    @ParameterizedTest
    @CsvSource({"199,", "200,", "201, MESSAGE_TOO_LONG"})
    void limitsTheLengthOfAMessage(int lastLength, @Nullable ZmtpViolation violation) {
        ByteBuf wire = Unpooled.buffer();
        Frames.write(wire, true, new byte[700]);
        Frames.write(wire, true, new byte[100]);
        Frames.write(wire, false, new byte[lastLength]);

        assertThat(violationOf(wire)).isEqualTo(violation);
    }

    @ParameterizedTest
    @CsvSource({"4,", "5,", "6, TOO_MANY_FRAMES"})
    void limitsTheNumberOfFrames(int frames, @Nullable ZmtpViolation violation) {
        ByteBuf wire = Unpooled.buffer();
        for (int i = 1; i < frames; i++) {
            wire.writeBytes(Hex.octets("04 02 01 58"));
            Frames.writeEmptyMore(wire);
        }
        Frames.writeEmptyLast(wire);

        assertThat(violationOf(wire)).isEqualTo(violation);
    }

    @ParameterizedTest
    @CsvSource({"99,", "100,", "101, COMMAND_TOO_LONG"})
    void limitsTheLengthOfACommand(int length, @Nullable ZmtpViolation violation) {
        ByteBuf wire = Unpooled.buffer().writeByte(4).writeByte(length).writeBytes(new byte[length]);

        assertThat(violationOf(wire)).isEqualTo(violation);
    }

    @Test
    void countsEveryMessageFromZero() {
        ByteBuf wire = Unpooled.buffer();
        for (int i = 0; i < 20; i++) {
            Frames.write(wire, true, new byte[500]);
            Frames.write(wire, false, new byte[500]);
        }

        assertThat(violationOf(wire)).isNull();
        assertThat(violationOf(wire.readerIndex(0).slice(0, wire.writerIndex() - 1)))
                .isNull();
    }

    /** 1 GiB is announced and allowed; what is allocated follows what came. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 20_000, 100_000})
    void allocatesNothingAhead(int came) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        MessageDecoder decoder = new MessageDecoder(LIMITS.withMaxMessageLength(2_000_000_000), allocator);
        int step = 7_000;

        decoder.decode(Hex.buffer("02 00*4 40 00*3"), Recorder.copying());
        for (int left = came; left > 0; left -= step) {
            decoder.decode(Hex.buffer(new byte[Math.min(left, step)]), Recorder.copying());
        }

        assertThat(decoder.heldOctets()).isEqualTo(9 + came);
        assertThat(decoder.octetsLacking()).isEqualTo((1 << 30) - came);
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .isLessThanOrEqualTo(2L * (9 + came) + 256);
        decoder.close();
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .isZero();
    }

    private static @Nullable ZmtpViolation violationOf(ByteBuf wire) {
        return violationOf(wire, LIMITS);
    }

    /** The same in one read and octet by octet. */
    private static @Nullable ZmtpViolation violationOf(ByteBuf wire, ZmtpLimits limits) {
        byte[] octets = new byte[wire.readableBytes()];
        wire.readBytes(octets);
        ZmtpViolation violation = violationOf(List.of(octets), limits);
        assertThat(violationOf(Fragmenter.singly(octets), limits)).isEqualTo(violation);
        return violation;
    }

    private static @Nullable ZmtpViolation violationOf(List<byte[]> pieces, ZmtpLimits limits) {
        MessageDecoder decoder = new MessageDecoder(limits, ByteBufAllocator.DEFAULT);
        ZmtpProtocolException thrown = catchThrowableOfType(
                ZmtpProtocolException.class, () -> Feeder.feed(decoder, Recorder.copying(), pieces));
        decoder.close();
        return thrown == null ? null : thrown.violation();
    }
}
