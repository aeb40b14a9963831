package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.Wire.PING;
import static io.zmtpbroker.zmtp.handler.Wire.PONG;
import static io.zmtpbroker.zmtp.handler.Wire.hex;
import static io.zmtpbroker.zmtp.handler.Wire.receive;
import static io.zmtpbroker.zmtp.handler.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.internal.PlatformDependent;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class ZmtpMessageHandlerTest {
    private static final ZmtpPipeline ROUTER =
            ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER).build());

    private final Application application = new Application();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void deliversToAListenerWithoutCopies() {
        List<ByteBuf> delivered = new ArrayList<>();
        List<String> octets = new ArrayList<>();
        open(message -> {
            delivered.add(message);
            octets.add(Hex.of(message));
        });
        ByteBuf in = Hex.buffer("01 00 00 01 61 | 00 00");

        channel.writeInbound(in);

        assertThat(octets).containsExactly("0100000161", "0000");
        assertThat(delivered).hasSize(2).allSatisfy(message -> assertThat(message)
                .isSameAs(in));
        assertThat(application.events).containsExactly("complete DEALER");
    }

    @Test
    void passesOnMessagesThatOutliveTheRead() {
        open();
        byte[] large = new byte[40_000];
        channel.pipeline().remove(application);

        channel.writeInbound(Hex.buffer("00 01 61"));
        ByteBuf in = channel.alloc()
                .buffer(40_009)
                .writeBytes(Hex.octets("02 00*6 9c 40"))
                .writeBytes(large);
        channel.writeInbound(in);

        ZmtpMessage small = channel.readInbound();
        ZmtpMessage slice = channel.readInbound();
        assertThat(small.frame(0).readableBytes()).isEqualTo(1);
        assertThat(slice.frame(0).readableBytes()).isEqualTo(40_000);
        assertThat(in.refCnt()).isEqualTo(1);
        small.release();
        slice.release();
        assertThat(in.refCnt()).isZero();
    }

    @Test
    void writesMessagesAndWholeBatches() {
        open();
        ZmtpMessage message = ZmtpMessage.of(channel.alloc(), new byte[0], new byte[] {0x61});

        channel.writeOutbound(message, Hex.buffer("00 01 62 | 00 01 63"));

        assertThat(sent(channel)).isEqualTo(hex("01 00 00 01 61 | 00 01 62 | 00 01 63"));
        assertThat(message.refCnt()).isZero();
    }

    @Test
    void answersAPingBetweenTheFramesOfAMessage() {
        open();

        receive(channel, "01 00 |" + PING + "| 00 01 61");

        assertThat(sent(channel)).isEqualTo(hex(PONG));
        assertThat(application.events).endsWith("message 0100000161");
    }

    @Test
    void answersAPingWhileTheRestOfAMessageIsAwaited() {
        open();

        receive(channel, "01 00 |" + PING);

        assertThat(sent(channel)).isEqualTo(hex(PONG));
    }

    @ParameterizedTest
    @CsvSource({
        "04 0a 04 50 49 4e 47 00 00 63 74 78, 04 08 04 50 4f 4e 47 63 74 78",
        "04 17 04 50 49 4e 47 00 00 61*16, 04 15 04 50 4f 4e 47 61*16",
        "04 27 04 50 49 4e 47 ff ff 61*32, 04 15 04 50 4f 4e 47 61*16"
    })
    void echoesTheContextOfAPing(String ping, String pong) {
        open();

        receive(channel, ping);

        assertThat(sent(channel)).isEqualTo(hex(pong));
    }

    @Test
    void keepsOnlyTheNewestPongOfAPeerThatDoesNotRead() {
        open();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(10, 20));
        channel.write(Hex.buffer("00 1c 61*28"));
        assertThat(channel.isWritable()).isFalse();

        for (int i = 0; i < 10_000; i++) {
            receive(channel, "04 08 04 50 49 4e 47 00 00 %02x".formatted(i & 0xff));
        }
        assertThat(sent(channel)).isEmpty();
        channel.flush();
        channel.runPendingTasks();

        assertThat(sent(channel)).isEqualTo(hex("00 1c 61*28 | 04 06 04 50 4f 4e 47 %02x".formatted(9_999 & 0xff)));
    }

    @Test
    void releasesAPongThatWasNeverSent() {
        open();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(10, 20));
        channel.write(Hex.buffer("00 1c 61*28"));
        receive(channel, PING);

        channel.finishAndReleaseAll();

        assertThat(application.events).endsWith("inactive");
    }

    @Test
    void countsTheCommandsThatItIgnores() {
        open();

        receive(
                channel,
                Wire.READY_DEALER + "04 0a 05 45 52 52 4f 52 03 34 30 30" + "04 0c 09 " + Hex.ofText("SUBSCRIBE")
                        + " ab ab" + "04 05 04 70 69 6e 67" + PONG + PING + "00 00");

        assertThat(channel.pipeline().get(ZmtpMessageHandler.class).ignoredCommands())
                .isEqualTo(4);
        assertThat(application.events).containsExactly("complete DEALER", "message 0000");
        assertThat(sent(channel)).isEqualTo(hex(PONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04 05 04 50 49 4e 47", // no TTL
                "04 06 04 50 49 4e 47 00",
                "04 01 04",
                "04 01 00",
                "04 02 05 50",
                "04 00",
                "05 07 04 50 49 4e 47 00 1e"
            })
    void closesOnAMalformedCommandWithoutAnError(String octets) {
        open();

        receive(channel, octets + "00 00");

        assertThat(application.events).containsExactly("complete DEALER", "violation MALFORMED_COMMAND", "inactive");
        assertThat(sent(channel)).isEmpty();
    }

    @Test
    void dropsHalfAMessageThatEndsWithItsConnection() {
        open();
        receive(channel, "00 01 61 | 01 05 62");

        channel.finishAndReleaseAll();

        assertThat(application.events).containsExactly("complete DEALER", "message 000161", "inactive");
    }

    @Test
    void deliversNoMoreToWhoCloses() {
        List<String> messages = new ArrayList<>();
        open(message -> {
            messages.add(Hex.of(message));
            channel.close();
        });

        channel.writeOneInbound(Hex.buffer("00 01 61 | 00 01 62"));

        assertThat(messages).containsExactly("000161");
    }

    @Test
    void closesWhenAListenerFails() {
        open(message -> {
            throw new IllegalStateException("a bug");
        });

        receive(channel, "00 01 61 | 00 01 62");

        assertThat(application.events).containsExactly("complete DEALER", "exception a bug", "inactive");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void closesWhenAListenerFailsAtWhatWasKept(Throwable failure) {
        open(message -> PlatformDependent.throwException(failure));
        ZmtpMessageHandler handler = channel.pipeline().get(ZmtpMessageHandler.class);
        handler.pause();
        receive(channel, "00 01 61 | 00 01 62");

        handler.resume();

        assertThat(application.events).containsExactly("complete DEALER", "exception a bug", "inactive");
        assertThat(handler.keepsInput()).isFalse();
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("a bug"), new AssertionError("a bug"), new StackOverflowError("a bug"));
    }

    private void open() {
        ROUTER.install(channel.pipeline());
        shake();
    }

    private void open(ZmtpMessageListener listener) {
        ROUTER.install(channel.pipeline(), listener);
        shake();
    }

    private void shake() {
        channel.pipeline().addLast(application);
        receive(channel, Wire.GREETING + Wire.READY_DEALER);
        sent(channel);
    }
}
