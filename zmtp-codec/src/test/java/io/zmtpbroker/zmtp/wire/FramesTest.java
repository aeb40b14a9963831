package io.zmtpbroker.zmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class FramesTest {
    @ParameterizedTest
    @CsvSource({
        "0, false, 00 00",
        "0, true, 01 00",
        "5, false, 00 05",
        "255, true, 01 ff",
        "256, false, 02 00 00 00 00 00 00 01 00",
        "65536, true, 03 00 00 00 00 00 01 00 00"
    })
    void writesTheHeadersOfTheSpecification(int bodyLength, boolean more, String header) {
        ByteBuf out = Unpooled.buffer();

        Frames.writeHeader(out, more, bodyLength);

        assertThat(Hex.of(out)).isEqualTo(Hex.of(Hex.octets(header)));
        assertThat(Frames.hasMore(out, 0)).isEqualTo(more);
        assertThat(Frames.headerLength(out, 0)).isEqualTo(out.readableBytes());
        assertThat(Frames.bodyLength(out, 0)).isEqualTo(bodyLength);
        assertThat(Frames.bodyIndex(out, 0)).isEqualTo(out.readableBytes());
        assertThat(Frames.next(out, 0)).isEqualTo(out.readableBytes() + bodyLength);
        assertThat(Frames.encodedLength(bodyLength)).isEqualTo(out.readableBytes() + bodyLength);
    }

    @Test
    void walksFramesAtAnyIndex() {
        ByteBuf out = Unpooled.buffer().writeLong(-1);
        int first = out.writerIndex();
        Frames.writeEmptyMore(out);
        int second = out.writerIndex();
        Frames.write(out, true, new byte[300]);
        int third = out.writerIndex();
        Frames.write(out, true, Unpooled.wrappedBuffer(new byte[] {1, 2}));
        int last = out.writerIndex();
        Frames.writeEmptyLast(out);

        assertThat(Frames.isEmptyMore(out, first)).isTrue();
        assertThat(Frames.isEmptyMore(out, second)).isFalse();
        assertThat(Frames.isEmptyMore(out, last)).isFalse();
        assertThat(Frames.next(out, first)).isEqualTo(second);
        assertThat(Frames.next(out, second)).isEqualTo(third);
        assertThat(Frames.next(out, third)).isEqualTo(last);
        assertThat(Frames.next(out, last)).isEqualTo(out.writerIndex());
        assertThat(out.readerIndex()).isZero();
    }

    @Test
    void leavesTheBodyThatItCopies() {
        ByteBuf body = Hex.buffer("61 62");
        ByteBuf out = Unpooled.buffer();

        Frames.write(out, false, body);

        assertThat(body.readableBytes()).isEqualTo(2);
        assertThat(body.release()).isTrue();
        assertThat(Hex.of(out)).isEqualTo("00026162");
    }
}
