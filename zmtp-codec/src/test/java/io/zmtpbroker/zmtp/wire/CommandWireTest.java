package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.COMMAND_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.FRAME_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.MESSAGE_BEFORE_READY;
import static io.zmtpbroker.zmtp.ZmtpViolation.RESERVED_FLAGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class CommandWireTest {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;
    private static final ZmtpLimits LIMITS = ZmtpLimits.DEFAULT;

    @Test
    void writesErrorAsCaptured() {
        assertFrame(CommandWire.encodeError(ALLOCATOR, "400"), "04 0a 05 45 52 52 4f 52 03 34 30 30");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 249, 250, 251, 70_000})
    void readsBackWhatItWrote(int dataLength) {
        byte[] data = new byte[dataLength];
        new SplittableRandom(dataLength).nextBytes(data);

        ByteBuf frame = CommandWire.encode(ALLOCATOR, "HELLO", Unpooled.wrappedBuffer(data));
        ByteBuf body = Objects.requireNonNull(
                CommandWire.readHandshakeCommand(frame, LIMITS.withMaxHandshakeCommandLength(100_000)));

        assertThat(frame.getByte(0)).isEqualTo((byte) (dataLength <= 249 ? 4 : 6));
        assertThat(CommandWire.readName(body)).isEqualTo("HELLO");
        assertThat(Hex.of(body)).isEqualTo(Hex.of(data));
        assertThat(frame.isReadable()).isFalse();
        frame.release();
    }

    @Test
    void readsNothingOfACommandThatIsNotAllThere() {
        byte[] frame = Hex.octets("04 0a 05 45 52 52 4f 52 03 34 30 30");

        for (int length = 0; length < frame.length; length++) {
            ByteBuf in = Unpooled.wrappedBuffer(frame, 0, length);
            assertThat(CommandWire.readHandshakeCommand(in, LIMITS)).isNull();
            assertThat(in.readableBytes()).isEqualTo(length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void judgesTheLengthByTheHeader(int beyond) {
        ByteBuf header = Unpooled.buffer().writeByte(6).writeLong(65_536 + beyond);

        ZmtpProtocolException thrown = catchThrowableOfType(
                ZmtpProtocolException.class, () -> CommandWire.readHandshakeCommand(header, LIMITS));

        if (beyond <= 0) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown.violation()).isEqualTo(COMMAND_TOO_LONG);
        }
    }

    static List<Arguments> refusedFrames() {
        return List.of(
                Arguments.of("message", "00 05 68", MESSAGE_BEFORE_READY),
                Arguments.of("READY without the COMMAND flag", "00 06 05 52 45 41 44 59", MESSAGE_BEFORE_READY),
                Arguments.of("READY with MORE", "05 06 05 52 45 41 44 59", MALFORMED_COMMAND),
                Arguments.of("reserved flag", "0c 06", RESERVED_FLAGS),
                Arguments.of("highest flag", "84 06", RESERVED_FLAGS),
                Arguments.of("empty command", "04 00", MALFORMED_COMMAND),
                Arguments.of("empty long command", "06 00*8", MALFORMED_COMMAND),
                Arguments.of("2^63", "06 80 00*7", FRAME_TOO_LONG),
                Arguments.of("2^64-1", "06 ff*8", FRAME_TOO_LONG),
                Arguments.of("1 GiB", "06 00*4 40 00*3", COMMAND_TOO_LONG));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedFrames")
    void refusesTheFrame(String what, String frame, ZmtpViolation violation) {
        ByteBuf in = Unpooled.wrappedBuffer(Hex.octets(frame));

        assertThat(catchThrowableOfType(ZmtpProtocolException.class, () -> CommandWire.readHandshakeCommand(in, LIMITS))
                        .violation())
                .isEqualTo(violation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00 41", "02 41", "ff 41 42"})
    void refusesTheName(String body) {
        ByteBuf in = Unpooled.wrappedBuffer(Hex.octets(body));

        assertThat(catchThrowableOfType(ZmtpProtocolException.class, () -> CommandWire.readName(in))
                        .violation())
                .isEqualTo(MALFORMED_COMMAND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "02 41", "00 41", "ff 41"})
    void refusesTheReason(String data) {
        ByteBuf in = Unpooled.wrappedBuffer(Hex.octets(data));

        assertThat(catchThrowableOfType(ZmtpProtocolException.class, () -> CommandWire.readReason(in))
                        .violation())
                .isEqualTo(MALFORMED_COMMAND);
    }

    @Test
    void makesAReasonPrintable() {
        assertThat(CommandWire.readReason(Unpooled.wrappedBuffer(Hex.octets("06 34 0a 1b 7f ff 30"))))
                .isEqualTo("4????0");
        assertThat(CommandWire.readReason(Unpooled.wrappedBuffer(Hex.octets("00"))))
                .isEmpty();
    }

    @Test
    void refusesToWriteWhatHasNoForm() {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandWire.encode(ALLOCATOR, "", Unpooled.EMPTY_BUFFER));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandWire.encode(ALLOCATOR, "N".repeat(256), Unpooled.EMPTY_BUFFER));
        assertThatIllegalArgumentException().isThrownBy(() -> CommandWire.encodeError(ALLOCATOR, "x".repeat(256)));
    }

    private static void assertFrame(ByteBuf frame, String hex) {
        assertThat(Hex.of(frame)).isEqualTo(Hex.of(Hex.octets(hex)));
        frame.release();
    }
}
