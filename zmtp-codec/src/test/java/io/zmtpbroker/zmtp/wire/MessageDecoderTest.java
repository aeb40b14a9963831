package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.wire.Recorder.command;
import static io.zmtpbroker.zmtp.wire.Recorder.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class MessageDecoderTest {
    private static final String REQUEST = "01 00 | 00 05 68 65 6c 6c 6f";

    private final MessageDecoder decoder = new MessageDecoder(ZmtpLimits.DEFAULT, ByteBufAllocator.DEFAULT);
    private final Recorder recorder = Recorder.copying();

    @AfterEach
    void close() {
        decoder.close();
    }

    @Test
    void deliversMessagesWhereTheyLie() {
        ByteBuf in = Hex.buffer(REQUEST + "00 00" + REQUEST);
        List<ByteBuf> delivered = new ArrayList<>();

        decoder.decode(in, new MessageDecoder.Sink() {
            @Override
            public void onMessage(ByteBuf message) {
                delivered.add(message);
                message.skipBytes(1);
            }

            @Override
            public void onCommand(ByteBuf body) {}
        });

        assertThat(delivered).hasSize(3).allSatisfy(message -> assertThat(message)
                .isSameAs(in));
        assertThat(in.refCnt()).isZero();
        assertThat(decoder.heldOctets()).isZero();
    }

    @Test
    void deliversEachMessageWithItsOwnBounds() {
        feed(REQUEST + "00 00" + "01 01 61 00 01 62" + "04 05 04 50 4f 4e 47");

        assertThat(recorder.events())
                .containsExactly(
                        message(REQUEST), message("00 00"), message("01 01 61 00 01 62"), command("04 50 4f 4e 47"));
    }

    @Test
    void deliversALongFrame() {
        feed("03 00*6 01 00 61*256 | 02 00*6 01 01 62*257");

        assertThat(recorder.events()).containsExactly(message("03 00*6 01 00 61*256 | 02 00*6 01 01 62*257"));
    }

    @Test
    void makesTheLongFormOfASmallBodyShort() {
        feed("03 00*8 | 02 00*7 ff 61*255 | 02 00*7 01 62");

        assertThat(recorder.events()).containsExactly(message("01 00 00 ff 61*255"), message("00 01 62"));
    }

    @Test
    void cutsCommandsOutOfAMessageAndDeliversThemFirst() {
        feed("01 01 61 | 04 07 04 50 49 4e 47 00 1e | 01 00 | 04 02 01 58 | 00 01 62 | 00 00");

        assertThat(recorder.events())
                .containsExactly(
                        command("04 50 49 4e 47 00 1e"),
                        command("01 58"),
                        message("01 01 61 01 00 00 01 62"),
                        message("00 00"));
    }

    @Test
    void deliversACommandAtOnceThatComesInTheMiddleOfAMessage() {
        feed("01 01 61 | 04 02 01 58");

        assertThat(recorder.events()).containsExactly(command("01 58"));
        assertThat(decoder.heldOctets()).isEqualTo(3);
    }

    @Test
    void saysWhatIsLackingAndWhatIsHeld() {
        feed("01 00 | 02");
        assertThat(decoder.octetsLacking()).isZero();
        assertThat(decoder.heldOctets()).isEqualTo(2);

        feed("00*5 0f 42 40 | 61 62");
        assertThat(decoder.octetsLacking()).isEqualTo(1_000_000 - 2);
        assertThat(decoder.heldOctets()).isEqualTo(2 + 9 + 2);

        feed("61*100");
        assertThat(decoder.octetsLacking()).isEqualTo(1_000_000 - 102);
    }

    @Test
    void holdsNothingOfAMessageThatEndsWithItsConnection() {
        feed("01 05 68");

        decoder.close();

        assertThat(decoder.heldOctets()).isZero();
        assertThat(recorder.events()).isEmpty();
    }

    @Test
    void dropsAllInputOnceClosed() {
        decoder.close();

        feed(REQUEST);

        assertThat(recorder.events()).isEmpty();
    }

    @Test
    void stopsAtOnceWhenTheSinkClosesIt() {
        Closing inPlace = new Closing();
        decoder.decode(Hex.buffer(REQUEST + REQUEST), inPlace);

        assertThat(inPlace.messages).isEqualTo(1);
    }

    @Test
    void stopsAtOnceWhenTheSinkClosesItOnAMessageInPieces() {
        Closing inPieces = new Closing();
        decoder.decode(Hex.buffer("01 00 00"), inPieces);
        decoder.decode(Hex.buffer("01 61" + REQUEST + "01 00"), inPieces);

        assertThat(inPieces.messages).isEqualTo(1);
        assertThat(decoder.heldOctets()).isZero();
    }

    @Test
    void endsWhenTheSinkFails() {
        MessageDecoder.Sink failing = new MessageDecoder.Sink() {
            @Override
            public void onMessage(ByteBuf message) {
                throw new IllegalStateException("a bug");
            }

            @Override
            public void onCommand(ByteBuf body) {}
        };
        ByteBuf in = Hex.buffer(REQUEST + "01 00");

        assertThatIllegalStateException().isThrownBy(() -> decoder.decode(in, failing));

        assertThat(in.refCnt()).isZero();
        feed(REQUEST);
        assertThat(recorder.events()).isEmpty();
    }

    @Test
    void keepsALargePartAsASliceAndNeverCopiesIt() {
        byte[] half = new byte[40_000];
        ByteBuf first = Hex.buffer(concat(Hex.octets("00 00 02 00*5 01 38 80"), half));
        ByteBuf second = Hex.buffer(concat(half, Hex.octets("00 00")));

        decoder.decode(first, recorder);
        assertThat(first.refCnt()).isEqualTo(1);
        assertThat(decoder.heldOctets()).isEqualTo(9 + 40_000);
        decoder.decode(second, recorder);

        assertThat(first.refCnt()).isZero();
        assertThat(second.refCnt()).isZero();
        assertThat(recorder.events()).hasSize(3);
        assertThat(recorder.events().get(1)).isEqualTo(message("02 00*5 01 38 80 00*80000"));
    }

    @Test
    void doesNotPinABufferThatIsMostlyEmpty() {
        ByteBuf in = ByteBufAllocator.DEFAULT.buffer(256 << 10);
        in.writeBytes(Hex.octets("02 00*5 01 00*2")).writeZero(20_000);

        decoder.decode(in, recorder);

        assertThat(in.refCnt()).isZero();
        assertThat(decoder.heldOctets()).isEqualTo(20_009);
    }

    private void feed(String hex) {
        Feeder.feed(decoder, recorder, Hex.octets(hex));
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private final class Closing implements MessageDecoder.Sink {
        private int messages;

        @Override
        public void onMessage(ByteBuf message) {
            messages++;
            decoder.close();
            assertThat(message.readableBytes()).isPositive();
        }

        @Override
        public void onCommand(ByteBuf body) {}
    }
}
