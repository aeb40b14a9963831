package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.Wire.hex;
import static io.zmtpbroker.zmtp.handler.Wire.receive;
import static io.zmtpbroker.zmtp.handler.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.ZmtpVersion;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.testing.Fragmenter;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection with a peer of ZMTP 2.0 (15/ZMTP), from its first octet to its messages. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class Zmtp20PeersTest {
    /** libzmq 3.x, a REQ without a routing id: it sends the second part when it has seen our signature. */
    private static final String REQ = "ff 00*7 01 7f | 01 03 | 00 00 ";

    private static final String ROUTER = Wire.SIGNATURE + "03 06 00 00 ";

    private final Application application = new Application();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void open() {
        channel.freezeTime();
        ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER)
                        .mechanism(ZmtpMechanisms.anonymousOrZmtp20())
                        .build())
                .install(channel.pipeline());
        channel.pipeline().addLast(application);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void takesAndSendsMessages() {
        receive(channel, REQ + "01 00 00 05 68 65 6c 6c 6f");
        channel.writeOutbound(ZmtpMessage.of(channel.alloc(), new byte[0], new byte[300]));

        assertThat(sent(channel)).isEqualTo(hex(ROUTER + "01 00 02 00*6 01 2c 00*300"));
        assertThat(application.events).containsExactly("complete REQ", "message 0100000568656c6c6f");
        assertThat(Objects.requireNonNull(application.peer).version()).isEqualTo(ZmtpVersion.V2_0);
    }

    /** As captured: a piece at once, one when it has our signature and revision, one when it has our type and routing id. */
    @ParameterizedTest(name = "{1}, {5}")
    @CsvSource({
        "ROUTER, REQ, ff 00*7 01 7f, 01 03, 00 00, ''",
        "ROUTER, REQ, ff 00*7 06 7f, 01 03, 00 05 61 6c 69 63 65, alice",
        "ROUTER, DEALER, ff 00*7 01 7f, 01 05, 00 00, ''",
        "ROUTER, DEALER, ff 00*7 06 7f, 01 05, 00 05 61 6c 69 63 65, alice",
        "ROUTER, ROUTER, ff 00*7 06 7f, 01 06, 00 05 61 6c 69 63 65, alice",
        "DEALER, REP, ff 00*7 01 7f, 01 04, 00 00, ''",
        "PUSH, PULL, ff 00*7 06 7f, 01 07, 00 05 61 6c 69 63 65, alice",
        "PULL, PUSH, ff 00*7 01 7f, 01 08, 00 00, ''"
    })
    void shakesHandsWithLibzmq326(
            SocketType ours, SocketType theirs, String signature, String revision, String routingId, String name) {
        EmbeddedChannel there = new EmbeddedChannel();
        Application told = new Application();
        ZmtpPipeline.accepting(ZmtpOptions.builder(ours)
                        .mechanism(ZmtpMechanisms.anonymousOrZmtp20())
                        .build())
                .install(there.pipeline());
        there.pipeline().addLast(told);

        assertThat(sent(there)).isEqualTo(hex(Wire.SIGNATURE));
        receive(there, signature);
        assertThat(sent(there)).isEqualTo(hex("03"));
        receive(there, revision);
        assertThat(sent(there)).endsWith(hex("00 00"));
        receive(there, routingId);

        assertThat(told.events).containsExactly("complete " + theirs);
        assertThat(Objects.requireNonNull(told.peer).routingId())
                .isEqualTo(RoutingId.of(name.getBytes(StandardCharsets.US_ASCII)));
        there.finishAndReleaseAll();
    }

    /** Up to 255 octets a frame has the short header; captured from a DEALER. */
    @Test
    void readsTheFramesOfLibzmq326() {
        String message = "01 00 01 01 78 01 ff 79*255 02 00*6 01 00 7a*256";

        receive(channel, REQ + message);

        assertThat(application.events).containsExactly("complete REQ", "message " + hex(message));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void doesTheSameHoweverTheOctetsAreCut(long seed) {
        byte[] octets = Hex.octets(REQ + "01 00 00 01 61 01 00 00 00 03 00*7 01 62 00 00");

        for (byte[] piece : Fragmenter.random(octets, new SplittableRandom(seed), (int) (seed * 3))) {
            receive(channel, Hex.of(piece));
        }

        assertThat(sent(channel)).isEqualTo(hex(ROUTER));
        assertThat(application.events)
                .containsExactly("complete REQ", "message 0100000161", "message 01000000", "message 0101620000");
    }

    static List<Arguments> commands() {
        return List.of(
                Arguments.of("PING", Wire.PING),
                Arguments.of("PONG", Wire.PONG),
                Arguments.of("READY", Wire.READY_REQ),
                Arguments.of("ERROR", Wire.ERROR_SOCKET_TYPE),
                Arguments.of("its header alone", "04 05"),
                Arguments.of("a long one", "06 00*7 05"),
                Arguments.of("one between the frames of a message", "01 00 04 05 04 50 49 4e 47"),
                Arguments.of("one with MORE", "05 00"),
                Arguments.of("reserved flags", "08 00"));
    }

    /** Bits 2 to 7 of the flags are reserved: 15/ZMTP, "Framing". */
    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void closesOnACommandAndAnswersNothing(String what, String octets) {
        receive(channel, REQ);
        sent(channel);

        receive(channel, octets);

        assertThat(application.events).containsExactly("complete REQ", "violation RESERVED_FLAGS", "inactive");
        assertThat(sent(channel)).isEmpty();
    }

    @Test
    void closesOnACommandWhoseHeaderIsCut() {
        receive(channel, REQ);

        receive(channel, "01");
        receive(channel, "00 06");

        assertThat(application.events).containsExactly("complete REQ", "violation RESERVED_FLAGS", "inactive");
    }

    @Test
    void sendsNothingByItself() {
        receive(channel, REQ);
        sent(channel);

        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();

        assertThat(sent(channel)).isEmpty();
        assertThat(channel.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "01 03", "01 03 00", "01 03 00 05 61 6c 69 63"})
    void givesUpWhenTheTimeIsOver(String soFar) {
        receive(channel, Wire.SIGNATURE + soFar);

        channel.advanceTimeBy(30, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(application.events).containsExactly("violation HANDSHAKE_TIMEOUT", "inactive");
    }

    @Test
    void refusesAPeerThatItDoesNotTalkToWithoutAnError() {
        receive(channel, Wire.SIGNATURE + "01 08 00 00");

        assertThat(application.events).containsExactly("violation SOCKET_TYPE", "inactive");
        assertThat(sent(channel)).isEqualTo(hex(ROUTER));
    }

    /** Where nobody has said otherwise. */
    @Test
    void isNotTalkedToByDefault() {
        EmbeddedChannel other = new EmbeddedChannel();
        Application closed = new Application();
        ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER).build()).install(other.pipeline());
        other.pipeline().addLast(closed);

        receive(other, REQ);

        assertThat(closed.events).containsExactly("violation UNSUPPORTED_VERSION", "inactive");
        assertThat(sent(other)).isEqualTo(hex(Wire.SIGNATURE + "03"));
        other.finishAndReleaseAll();
    }
}
