package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.testing.FuzzInput;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole connection, from its first octet to its end, with all that stands in its pipeline. */
class ConnectionFuzzTest {
    private static final ZmtpPipeline ROUTER = ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER)
            .mechanism(ZmtpMechanisms.anonymousOrZmtp20())
            .limits(ZmtpLimits.DEFAULT
                    .withMaxMessageLength(1000)
                    .withMaxMessageFrames(8)
                    .withMaxHandshakeCommandLength(300))
            .build());

    private static final List<String> BEGINNINGS = List.of(
            "",
            Wire.GREETING,
            Wire.GREETING + Wire.READY_DEALER,
            Wire.SIGNATURE + "01 05",
            Wire.SIGNATURE + "01 05 00 00");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "01 00" + Wire.GREETING + Wire.READY_REQ + "01 00 00 01 61",
                        "02 01" + Wire.READY_DEALER + "01 00 00 00",
                        "03 02" + "01 00" + Wire.PING + "00 01 61" + Wire.PONG,
                        "00 02" + Wire.READY_DEALER + Wire.ERROR_SOCKET_TYPE + "04 06 05" + Hex.ofText("HELLO"),
                        "04 03" + "00 02 61 62 01 00 00 01 61",
                        "01 04" + "01 00 02 00*6 01 00 61*256 " + Wire.PING,
                        "05 02" + "02 00*4 40 00*3",
                        "05 02" + "04 06 04" + Hex.ofText("PING") + "00")
                .map(Hex::octets);
    }

    @MethodSource("seeds")
    @FuzzTest
    void connect(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int way = input.choose(256);
        String beginning = BEGINNINGS.get(input.choose(BEGINNINGS.size()));
        byte[] octets = Hex.octets(beginning + Hex.of(input.rest()));

        ConnectionRun.Outcome whole = ConnectionRun.of(ROUTER, List.of(octets));

        ConnectionRun.of(ROUTER, FuzzInput.cut(way, octets)).assertAlike(whole);
        assertThat(whole.sent()).startsWith(hex(Wire.SIGNATURE));
    }
}
