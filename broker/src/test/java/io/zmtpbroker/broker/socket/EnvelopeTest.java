package io.zmtpbroker.broker.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0100 0002 6869,                       2, REQ",
        "0104 2a1f8ea3 0100 0002 6869,         8, REQ with a correlation id",
        "0101 41 0102 4242 0100 0000,          9, a chain of ROUTERs and an empty body",
        "0100 0100 0000,                       2, empty frames in the body belong to the body",
    })
    @DisplayName("ends behind the first empty frame")
    void endsBehindTheFirstEmptyFrame(String hex, int end, String what) {
        assertThat(Envelope.end(message(hex))).as(what).isEqualTo(end);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0002 6869,        -1, one frame with octets",
        "0101 41 0101 42 0001 43, -1, three frames with octets",
        "0000,             -2, a lone empty frame",
        "0101 41 0000,     -2, an envelope and nothing else",
    })
    void saysWhatIsMissing(String hex, int expected, String what) {
        assertThat(Envelope.end(message(hex))).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 300", "5, 70000"})
    void passesOverLongFrames(int offset, int length) {
        ByteBuf message = Unpooled.buffer().writeZero(offset);
        message.readerIndex(offset);
        message.writeByte(3)
                .writeLong(length)
                .writeZero(length)
                .writeShort(0x0100)
                .writeShort(0x0001)
                .writeByte(7);

        int end = Envelope.end(message);

        assertThat(end).isEqualTo(offset + 9 + length + 2);
        assertThat(message.readerIndex()).isEqualTo(offset);
    }

    private static ByteBuf message(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }
}
