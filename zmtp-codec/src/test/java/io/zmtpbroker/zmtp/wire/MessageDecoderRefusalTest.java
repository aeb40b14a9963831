package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.COMMAND_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.FRAME_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.MESSAGE_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.RESERVED_FLAGS;
import static io.zmtpbroker.zmtp.ZmtpViolation.TOO_MANY_FRAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpViolation;
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

/** What must be refused, by its header alone: no body of a frame that is too long follows here. */
@ExtendWith(LeakCheck.class)
class MessageDecoderRefusalTest {
    static List<Arguments> refused() {
        return List.of(
                Arguments.of("reserved flag 08", "08 00", RESERVED_FLAGS),
                Arguments.of("reserved flag 10", "10", RESERVED_FLAGS),
                Arguments.of("reserved flag 20", "21 00", RESERVED_FLAGS),
                Arguments.of("reserved flag 40", "42", RESERVED_FLAGS),
                Arguments.of("reserved flag 80", "80 00", RESERVED_FLAGS),
                Arguments.of("all flags", "ff 00*8 7f", RESERVED_FLAGS),
                Arguments.of("COMMAND and MORE", "05 05 04 50 4f 4e 47", MALFORMED_COMMAND),
                Arguments.of("long COMMAND and MORE", "07 00*7 05", MALFORMED_COMMAND),
                Arguments.of("empty command", "04 00", MALFORMED_COMMAND),
                Arguments.of("empty long command", "06 00*8", MALFORMED_COMMAND),
                Arguments.of("2^63", "02 80 00*7", FRAME_TOO_LONG),
                Arguments.of("2^63+1", "03 80 00*6 01", FRAME_TOO_LONG),
                Arguments.of("2^64-1", "02 ff*8", FRAME_TOO_LONG),
                Arguments.of("2^63-1", "02 7f ff*7", FRAME_TOO_LONG),
                Arguments.of("command of 2^63", "06 80 00*7", FRAME_TOO_LONG),
                Arguments.of("command of 2^63-1", "06 7f ff*7", COMMAND_TOO_LONG),
                Arguments.of("2^33", "02 00*3 02 00*4", FRAME_TOO_LONG),
                Arguments.of("1 GiB", "02 00*4 40 00*3", FRAME_TOO_LONG),
                Arguments.of("1 GiB behind another frame", "01 00 | 02 00*4 40 00*3", FRAME_TOO_LONG),
                Arguments.of("sum beyond the limit", "01 01 61 | 02 00*4 04 00*3", MESSAGE_TOO_LONG),
                Arguments.of("2^63-1 behind another frame", "01 01 61 | 02 7f ff*7", FRAME_TOO_LONG),
                Arguments.of("endless MORE frames", "01 00".repeat(2_000), TOO_MANY_FRAMES),
                Arguments.of("endless MORE frames in long form", "03 00*8 ".repeat(2_000), TOO_MANY_FRAMES),
                Arguments.of("endless MORE frames with commands", "01 00 04 01 58".repeat(2_000), TOO_MANY_FRAMES),
                Arguments.of("HTTP", Hex.ofText("GET / HTTP/1.1"), RESERVED_FLAGS),
                Arguments.of("TLS client hello", "16 03 01 02 00 01 00 01 fc 03 03", RESERVED_FLAGS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String what, String hex, ZmtpViolation violation) {
        checkRefused(List.of(Hex.octets(hex)), violation);
        checkRefused(Fragmenter.singly(Hex.octets(hex)), violation);
        checkRefused(List.of(Hex.octets("00 01 61" + hex)), violation);
    }

    private static void checkRefused(List<byte[]> pieces, ZmtpViolation violation) {
        MessageDecoder decoder = new MessageDecoder(ZmtpLimits.DEFAULT, ByteBufAllocator.DEFAULT);
        Recorder recorder = Recorder.copying();

        ZmtpProtocolException thrown =
                catchThrowableOfType(ZmtpProtocolException.class, () -> Feeder.feed(decoder, recorder, pieces));

        assertThat(thrown).isNotNull();
        assertThat(thrown.violation()).isEqualTo(violation);
        assertThat(thrown.getStackTrace()).isEmpty();
        assertThat(decoder.heldOctets()).isZero();
        int before = recorder.events().size();
        ByteBuf later = Hex.buffer("00 01 61");
        decoder.decode(later, recorder);
        assertThat(later.refCnt()).isZero();
        assertThat(recorder.events()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void refusesOrDecodesWhateverComes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ZmtpLimits limits = ZmtpLimits.DEFAULT.withMaxMessageLength(1_000).withMaxMessageFrames(10);
        for (int i = 0; i < 500; i++) {
            byte[] octets = new byte[random.nextInt(1, 300)];
            random.nextBytes(octets);
            for (int j = 0; j < octets.length; j++) {
                octets[j] &= (byte) (random.nextInt(4) == 0 ? 0xff : 0x07);
            }
            MessageDecoder decoder = new MessageDecoder(limits, ByteBufAllocator.DEFAULT);
            List<byte[]> pieces = Fragmenter.random(octets, random, 64);

            Throwable thrown =
                    catchThrowableOfType(Throwable.class, () -> Feeder.feed(decoder, Recorder.copying(), pieces));

            assertThat(thrown == null || thrown instanceof ZmtpProtocolException)
                    .isTrue();
            assertThat(decoder.heldOctets()).isLessThan(1_300);
            decoder.close();
        }
    }
}
