package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.testing.FuzzInput;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.TrackingAllocator;
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

    /** Handlers hold a little themselves, and what is written is here until it is looked at. */
    private static final int SPARE_OCTETS = 4096;

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

        Outcome whole = run(List.of(octets));

        Outcome cut = run(FuzzInput.cut(way, octets));
        assertThat(cut.events()).isEqualTo(whole.events());
        assertThat(cut.open()).isEqualTo(whole.open());
        if (whole.open()) {
            assertThat(cut.sent()).isEqualTo(whole.sent());
        } else { // the answer to a PING does not leave when the rest of the same read breaks a rule
            assertThat(cut.sent()).startsWith(whole.sent());
        }
        assertThat(whole.sent()).startsWith(hex(Wire.SIGNATURE));
        assertThat(whole.events()).allMatch(event -> !event.startsWith("exception"));
        long violations = whole.events().stream()
                .filter(event -> event.startsWith("violation"))
                .count();
        assertThat(violations).isEqualTo(whole.open() ? 0 : 1);
    }

    private record Outcome(String sent, List<String> events, boolean open) {}

    private static Outcome run(List<byte[]> pieces) {
        TrackingAllocator allocator = new TrackingAllocator();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(allocator);
        channel.freezeTime();
        Application application = new Application();
        ROUTER.install(channel.pipeline());
        channel.pipeline().addLast(application);
        StringBuilder sent = new StringBuilder(Wire.sent(channel));
        int fed = 0;
        for (byte[] piece : pieces) {
            fed += piece.length;
            channel.pipeline().fireChannelRead(allocator.read(piece)).fireChannelReadComplete();
            channel.runPendingTasks();
            sent.append(Wire.sent(channel));
            assertThat(allocator.liveOctets()).isLessThanOrEqualTo(2L * fed + SPARE_OCTETS);
        }
        boolean open = channel.isOpen();
        List<String> events = List.copyOf(application.events);
        channel.finishAndReleaseAll();
        allocator.requireAllReleased();
        return new Outcome(sent.toString(), events, open);
    }
}
