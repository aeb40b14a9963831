package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class HeartbeatWireTest {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    @Test
    void writesAsCaptured() {
        assertFrame(HeartbeatWire.encodePing(ALLOCATOR, 30, new byte[0]), "04 07 04 50 49 4e 47 00 1e");
        assertFrame(
                HeartbeatWire.encodePong(ALLOCATOR, Unpooled.wrappedBuffer(Hex.octets("63 74 78"))),
                "04 08 04 50 4f 4e 47 63 74 78");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "15, 15", "16, 16", "17, 16", "200, 16"})
    void readsAContextOfUpTo16Octets(int sent, int read) {
        ByteBuf data = Unpooled.buffer().writeBytes(new byte[sent]);

        assertThat(HeartbeatWire.readContext(data).readableBytes()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void refusesAPingWithoutItsTtl(int length) {
        ByteBuf data = Unpooled.wrappedBuffer(new byte[length]);

        assertThat(catchThrowableOfType(ZmtpProtocolException.class, () -> HeartbeatWire.readTtlTenths(data))
                        .violation())
                .isEqualTo(MALFORMED_COMMAND);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 0x7fff, 0x8000, 0xffff})
    void readsATtlUnsigned(int tenths) {
        assertThat(HeartbeatWire.readTtlTenths(Unpooled.buffer().writeShort(tenths)))
                .isEqualTo(tenths);
    }

    @Test
    void refusesToWriteWhatHasNoForm() {
        assertThatIllegalArgumentException().isThrownBy(() -> HeartbeatWire.encodePing(ALLOCATOR, -1, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> HeartbeatWire.encodePing(ALLOCATOR, 65_536, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> HeartbeatWire.encodePing(ALLOCATOR, 0, new byte[17]));
    }

    private static void assertFrame(ByteBuf frame, String hex) {
        assertThat(Hex.of(frame)).isEqualTo(Hex.of(Hex.octets(hex)));
        frame.release();
    }
}
