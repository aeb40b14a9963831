package io.zmtpbroker.zmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.TrackingAllocator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands and what is in them: names, properties, reasons, contexts. What was read is written as it was. */
class CommandFuzzTest {
    static Stream<byte[]> seeds() {
        String type = "0b" + Hex.ofText("Socket-Type") + "00*3 06" + Hex.ofText("DEALER");
        return Stream.of(
                        "04 29 05" + Hex.ofText("READY") + type + "08" + Hex.ofText("Identity") + "00*4",
                        "06 00*7 29 05" + Hex.ofText("READY") + type + "08" + Hex.ofText("IDENTITY") + "00*4",
                        "04 0a 05" + Hex.ofText("ERROR") + "03" + Hex.ofText("400"),
                        "04 0a 04" + Hex.ofText("PING") + "00 1e" + Hex.ofText("ctx"),
                        "04 19 04" + Hex.ofText("PING") + "00 00" + "61*18",
                        "04 08 04" + Hex.ofText("PONG") + Hex.ofText("ctx"),
                        "04 06 05" + Hex.ofText("HELLO") + "00 00 00")
                .map(Hex::octets);
    }

    @MethodSource("seeds")
    @FuzzTest
    void read(byte[] octets) {
        ByteBuf in = Unpooled.wrappedBuffer(octets);
        try {
            ByteBuf body = CommandWire.readHandshakeCommand(in, ZmtpLimits.DEFAULT);
            if (body == null) {
                assertThat(in.readerIndex()).isZero();
                return;
            }
            byte[] wholeBody = ByteBufUtil.getBytes(body);
            String name = CommandWire.readName(body);
            requireWrittenAlike(name, body, wholeBody);
            switch (name) {
                case CommandWire.READY -> requireWrittenAlike(body);
                case CommandWire.ERROR ->
                    assertThat(CommandWire.readReason(body)).matches("[\\x20-\\x7e]*");
                case CommandWire.PING -> requireContext(body);
                default -> {}
            }
        } catch (ZmtpProtocolException e) {
            assertThat(e.getMessage()).matches("[\\x20-\\x7e]+");
        }
    }

    private static void requireWrittenAlike(String name, ByteBuf data, byte[] wholeBody) {
        if (name.chars().anyMatch(character -> character > 0x7f)) {
            return; // we write ASCII alone
        }
        TrackingAllocator allocator = new TrackingAllocator();
        ByteBuf frame = CommandWire.encode(allocator, name, data);
        assertThat(ByteBufUtil.getBytes(CommandWire.readHandshakeCommand(frame, ZmtpLimits.DEFAULT)))
                .isEqualTo(wholeBody);
        frame.release();
        allocator.requireAllReleased();
    }

    private static void requireWrittenAlike(ByteBuf data) {
        byte[] octets = ByteBufUtil.getBytes(data);
        Metadata metadata = MetadataWire.read(data);
        ByteBuf out = Unpooled.buffer();
        MetadataWire.write(metadata, out);
        assertThat(ByteBufUtil.getBytes(out)).isEqualTo(octets);
        assertThat(data.isReadable()).isFalse();
    }

    private static void requireContext(ByteBuf data) {
        int length = data.readableBytes();
        assertThat(HeartbeatWire.readTtlTenths(data)).isBetween(0, 0xffff);
        assertThat(HeartbeatWire.readContext(data).readableBytes()).isEqualTo(Math.min(16, length - 2));
    }
}
