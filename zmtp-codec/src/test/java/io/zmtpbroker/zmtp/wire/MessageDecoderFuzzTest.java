package io.zmtpbroker.zmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.testing.FuzzInput;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.TrackingAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes after a handshake: the same however it is cut, canonical, within limits, and nothing is left. */
class MessageDecoderFuzzTest {
    private static final ZmtpLimits LIMITS = ZmtpLimits.DEFAULT
            .withMaxMessageLength(1000)
            .withMaxMessageFrames(8)
            .withMaxHandshakeCommandLength(300);

    /** Of {@link HeldOctets}, for a message and for a command. */
    private static final int SPARE_OCTETS = 2 * 256;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "00 00 | 01 00 00 05 68 65 6c 6c 6f",
                        "01 01 01 61 | 04 05 04 50 4f 4e 47 | 00 01 62",
                        "02 02 00*6 01 00 61*256 | 00 00",
                        "03 02 00*7 02 61 62 | 06 00*7 02 01 58 | 00 01 63",
                        "04 03 00*6 03 00 61*768 | 00 e8 62*232",
                        "05 08 00",
                        "06 01 00 02 80 00*7")
                .map(Hex::octets);
    }

    @MethodSource("seeds")
    @FuzzTest
    void decode(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int way = input.choose(256);
        byte[] octets = input.rest();

        Outcome whole = decode(List.of(octets), true);

        assertThat(decode(FuzzInput.cut(way, octets), true)).isEqualTo(whole);
        whole.messages().forEach(MessageDecoderFuzzTest::requireCanonical);
        Outcome without = decode(List.of(octets), false);
        if (whole.commands() == 0
                && !whole.end().equals("MALFORMED_COMMAND")
                && !whole.end().equals("COMMAND_TOO_LONG")) {
            assertThat(without.messages()).isEqualTo(whole.messages());
        } else {
            assertThat(whole.messages().subList(0, without.messages().size())).isEqualTo(without.messages());
            assertThat(without.commands()).isZero();
        }
    }

    /** What was delivered is decoded as itself, and lawful. */
    private static void requireCanonical(String message) {
        Outcome again = decode(List.of(Hex.octets(message)), false);

        assertThat(again).isEqualTo(new Outcome(List.of(message), 0, ""));
    }

    private record Outcome(List<String> messages, int commands, String end) {}

    private static Outcome decode(List<byte[]> pieces, boolean commands) {
        TrackingAllocator allocator = new TrackingAllocator();
        MessageDecoder decoder =
                commands ? new MessageDecoder(LIMITS, allocator) : MessageDecoder.withoutCommands(LIMITS, allocator);
        Recording recording = new Recording();
        String end = "";
        int fed = 0;
        for (byte[] piece : pieces) {
            fed += piece.length;
            try {
                decoder.decode(allocator.read(piece), recording);
            } catch (ZmtpProtocolException e) {
                end = e.violation().toString();
                break;
            }
            assertThat(allocator.liveOctets()).isLessThanOrEqualTo(2L * fed + SPARE_OCTETS);
        }
        if (!end.isEmpty()) {
            decoder.decode(allocator.read(new byte[] {0, 0}), recording); // dropped
        }
        decoder.close();
        allocator.requireAllReleased();
        return new Outcome(recording.messages, recording.commands, end);
    }

    private static final class Recording implements MessageDecoder.Sink {
        private final List<String> messages = new ArrayList<>();
        private int commands;

        @Override
        public void onMessage(ByteBuf message) {
            messages.add(ByteBufUtil.hexDump(message));
        }

        @Override
        public void onCommand(ByteBuf body) {
            assertThat(body.isReadable()).isTrue();
            commands++;
        }
    }
}
