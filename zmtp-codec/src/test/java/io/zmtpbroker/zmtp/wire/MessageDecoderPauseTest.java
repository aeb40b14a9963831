package io.zmtpbroker.zmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class MessageDecoderPauseTest {
    private final MessageDecoder decoder = new MessageDecoder(ZmtpLimits.DEFAULT, ByteBufAllocator.DEFAULT);
    private final List<String> delivered = new ArrayList<>();

    /** Pauses behind each message. */
    private final MessageDecoder.Sink oneByOne = new MessageDecoder.Sink() {
        @Override
        public void onMessage(ByteBuf message) {
            delivered.add(Hex.of(message));
            decoder.pause();
        }

        @Override
        public void onCommand(ByteBuf body) {
            delivered.add("command");
        }
    };

    @AfterEach
    void close() {
        decoder.close();
    }

    @Test
    void stopsInTheMiddleOfABuffer() {
        decoder.decode(Hex.buffer("00 01 61 | 00 01 62 | 00 01 63"), oneByOne);

        assertThat(delivered).containsExactly("000161");
        assertThat(decoder.hasUntaken()).isTrue();
    }

    @Test
    void deliversWhatIsLeftMessageByMessage() {
        decoder.decode(Hex.buffer("00 01 61 | 00 01 62 | 01 00"), oneByOne);
        decoder.decode(Hex.buffer("00 01 63 | 00 01 64"), oneByOne);

        decoder.resume(oneByOne);
        assertThat(delivered).containsExactly("000161", "000162");
        decoder.resume(oneByOne);
        assertThat(delivered).containsExactly("000161", "000162", "0100000163");
        decoder.resume(oneByOne);
        assertThat(delivered).hasSize(4).endsWith("000164");
        decoder.resume(oneByOne);

        assertThat(decoder.hasUntaken()).isFalse();
        assertThat(decoder.occupiedOctets()).isZero();
    }

    @Test
    void keepsWhatComesWhilePaused() {
        decoder.pause();

        decoder.decode(Hex.buffer("00 01"), oneByOne);
        decoder.decode(Hex.buffer("61 00 01 62"), oneByOne);

        assertThat(delivered).isEmpty();
        assertThat(decoder.occupiedOctets()).isPositive();
        decoder.resume(oneByOne);
        assertThat(delivered).containsExactly("000161");
    }

    @Test
    void goesOnWhenTheSinkItselfResumes() {
        MessageDecoder.Sink restless = new MessageDecoder.Sink() {
            @Override
            public void onMessage(ByteBuf message) {
                delivered.add(Hex.of(message));
                decoder.pause();
                decoder.resume(this);
            }

            @Override
            public void onCommand(ByteBuf body) {}
        };
        decoder.pause();
        decoder.decode(Hex.buffer("00 01 61 | 00 01 62"), restless);
        decoder.decode(Hex.buffer("00 01 63"), restless);

        decoder.resume(restless);

        assertThat(delivered).containsExactly("000161", "000162", "000163");
    }

    @Test
    void closesWithWhatItKeeps() {
        decoder.pause();
        ByteBuf in = Hex.buffer(new byte[100_000]);
        decoder.decode(in, oneByOne);

        decoder.close();
        decoder.resume(oneByOne);

        assertThat(delivered).isEmpty();
        assertThat(in.refCnt()).isZero();
    }

    @Test
    void deliversTheSameHoweverItIsCutAndPaused() {
        var random = new SplittableRandom(4);
        for (int round = 0; round < 200; round++) {
            byte[] octets =
                    Hex.octets("00 01 61 | 01 02 62 62 04 02 01 58 00 00 | 00 00 | 02 00*7 02 63 63 | 00 01 64");
            delivered.clear();
            for (int at = 0; at < octets.length; ) {
                int end = Math.min(octets.length, at + random.nextInt(1, 8));
                decoder.decode(Hex.buffer(java.util.Arrays.copyOfRange(octets, at, end)), oneByOne);
                if (random.nextBoolean()) {
                    decoder.resume(oneByOne);
                }
                at = end;
            }
            while (decoder.hasUntaken()) {
                decoder.resume(oneByOne);
            }
            decoder.resume(oneByOne);

            assertThat(delivered)
                    .as("round %d", round)
                    .containsExactly("000161", "command", "010262620000", "0000", "00026363", "000164");
        }
    }
}
