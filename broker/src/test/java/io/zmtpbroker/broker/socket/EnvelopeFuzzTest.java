package io.zmtpbroker.broker.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.wire.Frames;
import io.zmtpbroker.zmtp.wire.MessageDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Envelopes of whatever messages a decoder lets through. */
class EnvelopeFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "01 00 00 02 68 69",
                        "01 04 2a 1f 8e a3 01 00 00 02 68 69",
                        "01 01 41 03 00*6 01 00 42*256 01 00 00 00",
                        "00 00",
                        "01 01 41 00 00",
                        "01 01 41 00 01 42")
                .map(Hex::octets);
    }

    @MethodSource("seeds")
    @FuzzTest
    void find(byte[] octets) {
        MessageDecoder decoder = MessageDecoder.withoutCommands(ZmtpLimits.DEFAULT, UnpooledByteBufAllocator.DEFAULT);
        try {
            decoder.decode(Unpooled.wrappedBuffer(octets), new MessageDecoder.Sink() {
                @Override
                public void onMessage(ByteBuf message) {
                    check(message);
                }

                @Override
                public void onCommand(ByteBuf body) {
                    throw new AssertionError("a command");
                }
            });
        } catch (ZmtpProtocolException e) {
            assertThat(e.violation()).isNotNull();
        } finally {
            decoder.close();
        }
    }

    private static void check(ByteBuf message) {
        int reader = message.readerIndex();
        List<Integer> lengths = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (int at = reader; at < message.writerIndex(); at = Frames.next(message, at)) {
            lengths.add(Frames.bodyLength(message, at));
            ends.add(Frames.next(message, at));
        }
        int delimiter = lengths.indexOf(0);
        int expected = delimiter < 0
                ? Envelope.NO_DELIMITER
                : delimiter == lengths.size() - 1 ? Envelope.NO_BODY : ends.get(delimiter);

        assertThat(Envelope.end(message)).isEqualTo(expected);
        assertThat(message.readerIndex()).isEqualTo(reader);
    }
}
