package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.wire.Recorder.command;
import static io.zmtpbroker.zmtp.wire.Recorder.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.testing.Fragmenter;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class MessageDecoderFragmentationTest {
    static List<Arguments> shortInputs() {
        return List.of(
                Arguments.of("01 00 | 00 05 68 65 6c 6c 6f", List.of(message("01 00 00 05 68 65 6c 6c 6f"))),
                Arguments.of(
                        "00 01 61 | 01 00 | 01 01 62 | 00 00 | 00 01 63",
                        List.of(message("00 01 61"), message("01 00 01 01 62 00 00"), message("00 01 63"))),
                Arguments.of(
                        "01 01 61 | 04 05 04 50 4f 4e 47 | 00 01 62",
                        List.of(command("04 50 4f 4e 47"), message("01 01 61 00 01 62"))),
                Arguments.of("02 00*7 02 61 62 | 00 01 63", List.of(message("00 02 61 62"), message("00 01 63"))),
                Arguments.of("01 00 | 02 00*8 | 04 02 01 58", List.of(message("01 00 00 00"), command("01 58"))),
                Arguments.of("06 00*7 02 01 58 | 00 00", List.of(command("01 58"), message("00 00"))));
    }

    @ParameterizedTest
    @MethodSource("shortInputs")
    void deliversTheSameHoweverShortInputIsCut(String hex, List<String> expected) {
        Fragmenter.everyWay(Hex.octets(hex), pieces -> {
            MessageDecoder decoder = new MessageDecoder(ZmtpLimits.DEFAULT, ByteBufAllocator.DEFAULT);
            Recorder recorder = Recorder.copying();

            Feeder.feed(decoder, recorder, pieces);

            assertThat(recorder.events()).isEqualTo(expected);
            assertThat(decoder.heldOctets()).isZero();
            assertThat(decoder.octetsLacking()).isZero();
            decoder.close();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void deliversSmallTrafficHoweverItIsCut(long seed) {
        Traffic traffic = Traffic.random(seed, 60, 10);
        SplittableRandom random = new SplittableRandom(~seed);

        for (int maxLength : new int[] {1, 7, 300, 5_000, 65_536}) {
            check(traffic, Fragmenter.random(traffic.wire(), random, maxLength));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void deliversLargeTrafficHoweverItIsCut(long seed) {
        Traffic traffic = Traffic.random(seed, 30, 18);
        SplittableRandom random = new SplittableRandom(~seed);

        for (int maxLength : new int[] {900, 16_384, 40_000, 65_536, 1 << 20}) {
            check(traffic, Fragmenter.random(traffic.wire(), random, maxLength));
        }
    }

    /** Kept slices are read after the last octet was decoded, when every buffer that could be used again was. */
    private static void check(Traffic traffic, List<byte[]> pieces) {
        MessageDecoder decoder = new MessageDecoder(ZmtpLimits.DEFAULT, ByteBufAllocator.DEFAULT);
        Recorder recorder = Recorder.retaining();

        Feeder.feed(decoder, recorder, pieces);

        assertThat(recorder.events()).isEqualTo(traffic.events());
        assertThat(decoder.heldOctets()).isZero();
        decoder.close();
    }
}
