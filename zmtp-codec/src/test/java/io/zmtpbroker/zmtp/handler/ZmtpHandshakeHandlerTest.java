package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.Wire.hex;
import static io.zmtpbroker.zmtp.handler.Wire.receive;
import static io.zmtpbroker.zmtp.handler.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.testing.Fragmenter;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class ZmtpHandshakeHandlerTest {
    private static final ZmtpPipeline ROUTER =
            ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER).build());
    private static final ZmtpPipeline REQ =
            ZmtpPipeline.connecting(ZmtpOptions.builder(SocketType.REQ).build());

    private final Application application = new Application();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /** Captured: libzmq 4.3.4, a REQ with the identity "alice", fed octet by octet. */
    @Test
    void sendsEachStageWhenItIsDue() {
        RoutingId alice = RoutingId.of("alice".getBytes(StandardCharsets.US_ASCII));
        open(ZmtpPipeline.connecting(
                ZmtpOptions.builder(SocketType.REQ).routingId(alice).build()));
        byte[] peer = Hex.octets(Wire.GREETING);

        assertThat(sent(channel)).isEqualTo(hex("ff 00*7 06 7f"));
        for (int index = 0; index < peer.length; index++) {
            channel.writeInbound(Hex.buffer(new byte[] {peer[index]}));
            assertThat(sent(channel))
                    .startsWith(
                            switch (index) {
                                case 9 -> "03";
                                case 10 -> hex("01 4e 55 4c 4c 00*16 00 00*31");
                                case 63 -> hex("04 2b 05 52 45 41 44 59");
                                default -> "";
                            })
                    .hasSize(index == 9 ? 2 : index == 10 ? 106 : index == 63 ? 90 : 0);
        }
    }

    @Test
    void acceptsEverythingInOneReadAndAnnouncesThePeerBeforeItsMessages() {
        open(ROUTER);

        receive(channel, Wire.GREETING + Wire.READY_DEALER + "01 00 00 01 61 | 00 00 | 01");
        receive(channel, "00 00 00");

        assertThat(sent(channel)).isEqualTo(hex(Wire.GREETING + Wire.READY_ROUTER));
        assertThat(application.events)
                .containsExactly("complete DEALER", "message 0100000161", "message 0000", "message 01000000");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void connects() {
        open(REQ);

        receive(channel, Wire.GREETING);
        assertThat(sent(channel)).isEqualTo(hex(Wire.GREETING + Wire.READY_REQ));
        assertThat(application.events).isEmpty();
        receive(channel, Wire.READY_ROUTER + "01 00 00 00");

        assertThat(sent(channel)).isEmpty();
        assertThat(application.events).containsExactly("complete ROUTER", "message 01000000");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void doesTheSameHoweverTheOctetsAreCut(long seed) {
        open(ROUTER);
        byte[] octets = Hex.octets(Wire.GREETING + Wire.READY_DEALER + "01 00 00 01 61" + Wire.PING + "00 00");

        for (byte[] piece : Fragmenter.random(octets, new SplittableRandom(seed), (int) (seed * 10))) {
            channel.writeInbound(Hex.buffer(piece));
        }

        assertThat(sent(channel)).isEqualTo(hex(Wire.GREETING + Wire.READY_ROUTER + Wire.PONG));
        assertThat(application.events).containsExactly("complete DEALER", "message 0100000161", "message 0000");
    }

    @Test
    void beginsWhenTheChannelBecomesActive() {
        EmbeddedChannel later = new EmbeddedChannel(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel ch) {
                ROUTER.install(ch.pipeline());
                ch.pipeline().addLast(application);
            }
        });

        assertThat(sent(later)).isEqualTo(hex(Wire.SIGNATURE));
        receive(later, Wire.GREETING + Wire.READY_REQ);
        assertThat(application.events).containsExactly("complete REQ");
        later.finishAndReleaseAll();
    }

    @Test
    void leavesOneHandlerBehind() {
        open(ROUTER);

        receive(
                channel,
                Wire.GREETING.replace("03 01", "03 00") + Wire.READY_DEALER); // so that no heartbeat has a timer

        assertThat(channel.pipeline().get(ZmtpHandshakeHandler.class)).isNull();
        assertThat(channel.pipeline().get(ZmtpMessageHandler.class)).isNotNull();
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void tellsWhoThePeerIs() {
        open(ROUTER);

        receive(channel, Wire.SIGNATURE + "03 00 4e 55 4c 4c 00*48 " + Wire.READY_DEALER);

        assertThat(Objects.requireNonNull(application.peer).minorVersion()).isZero();
        assertThat(application.peer.metadata().names()).containsExactly("Socket-Type", "Identity");
    }

    static List<Arguments> refused() {
        String ready = Wire.GREETING + Wire.READY_ROUTER;
        return List.of(
                Arguments.of(Hex.ofText("GET / HTTP/1.1\r\n\r\n"), "NOT_ZMTP", Wire.SIGNATURE),
                Arguments.of("16 03 01 02 00 01 00 01 fc 03 03", "NOT_ZMTP", Wire.SIGNATURE),
                Arguments.of("01 00 04 00 78 79 7a", "NOT_ZMTP", Wire.SIGNATURE),
                Arguments.of(
                        "01 00", "NOT_ZMTP", Wire.SIGNATURE), // libzmq 2.2.1, captured: it says no more before we do
                Arguments.of("06 00 61 6c 69 63 65", "NOT_ZMTP", Wire.SIGNATURE), // the same, named alice
                Arguments.of("ff 00*8 7f 01 03 00 00", "UNSUPPORTED_VERSION", Wire.SIGNATURE + "03"),
                Arguments.of("ff 00*8 7f 02 00", "UNSUPPORTED_VERSION", Wire.SIGNATURE + "03"),
                Arguments.of(Wire.GREETING_PLAIN, "MECHANISM_MISMATCH", Wire.GREETING),
                Arguments.of(Wire.GREETING + "00 00", "MESSAGE_BEFORE_READY", Wire.GREETING),
                Arguments.of(Wire.GREETING + Wire.READY_PUSH, "SOCKET_TYPE", Wire.GREETING + Wire.ERROR_SOCKET_TYPE),
                Arguments.of(Wire.GREETING + Wire.ERROR_SOCKET_TYPE, "PEER_ERROR", Wire.GREETING),
                Arguments.of(Wire.GREETING + "06 00*5 01 00 01", "COMMAND_TOO_LONG", Wire.GREETING),
                Arguments.of(Wire.GREETING + "04 00", "MALFORMED_COMMAND", Wire.GREETING),
                Arguments.of(Wire.GREETING + Wire.PING, "UNEXPECTED_COMMAND", Wire.GREETING),
                Arguments.of(Wire.GREETING + "80", "", Wire.GREETING), // a header is judged when it is whole
                Arguments.of(Wire.GREETING + "80 00", "RESERVED_FLAGS", Wire.GREETING),
                Arguments.of(Wire.GREETING + Wire.READY_DEALER + "80 00", "RESERVED_FLAGS", ready),
                Arguments.of(Wire.GREETING + Wire.READY_DEALER + "02 80 00*7", "FRAME_TOO_LONG", ready));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void closesWithOneViolationAfterWhatWasDue(String octets, String violation, String due) {
        open(ROUTER);

        receive(channel, octets);

        assertThat(sent(channel)).isEqualTo(hex(due));
        assertThat(channel.isOpen()).isEqualTo(violation.isEmpty());
        if (!violation.isEmpty()) {
            assertThat(application.events.stream().filter(event -> !event.startsWith("complete")))
                    .containsExactly("violation " + violation, "inactive");
        }
    }

    @Test
    void sendsNothingButItsReadyToAWrongPeerThatItConnectedTo() {
        open(REQ);

        receive(channel, Wire.GREETING + Wire.READY_PUSH);

        assertThat(sent(channel)).isEqualTo(hex(Wire.GREETING + Wire.READY_REQ));
        assertThat(application.events).containsExactly("violation SOCKET_TYPE", "inactive");
    }

    @Test
    void givesUpWhenTheTimeIsOverHoweverOctetsDribble() {
        channel.freezeTime();
        open(ROUTER);
        byte[] greeting = Hex.octets(Wire.GREETING);

        for (int second = 0; second < 29; second++) {
            channel.writeInbound(Hex.buffer(new byte[] {greeting[second]}));
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
        channel.advanceTimeBy(999, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(application.events).containsExactly("violation HANDSHAKE_TIMEOUT", "inactive");
        assertThat(sent(channel)).isEqualTo(hex(Wire.GREETING));
    }

    @Test
    void forgetsTheTimeLimitWhenItIsComplete() {
        channel.freezeTime();
        ZmtpLimits limits = ZmtpLimits.DEFAULT.withHandshakeTimeout(Duration.ofSeconds(1));
        open(ZmtpPipeline.accepting(
                ZmtpOptions.builder(SocketType.ROUTER).limits(limits).build()));
        receive(channel, Wire.GREETING + Wire.READY_DEALER);

        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isTrue();
        assertThat(application.events).containsExactly("complete DEALER");
    }

    @Test
    void doesNotWaitForAPeerThatTakesNothingWhenItsTimeIsOver() {
        SlowChannel slow = new SlowChannel();
        slow.freezeTime();
        slow.stall();
        ROUTER.install(slow.pipeline());
        slow.pipeline().addLast(application);

        slow.advanceTimeBy(ZmtpLimits.DEFAULT.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        slow.runScheduledPendingTasks();

        assertThat(slow.isOpen()).isFalse();
        assertThat(application.events).containsExactly("violation HANDSHAKE_TIMEOUT", "inactive");
    }

    @Test
    void anApplicationThatClosesWhenItIsToldOfARefusalDoesNotCutOffWhatThePeerIsTold() {
        SlowChannel slow = new SlowChannel();
        ROUTER.install(slow.pipeline());
        slow.pipeline().addLast(new ClosesOnExceptions());
        slow.stall(); // as on io_uring, where a write takes until the ring is entered

        receive(slow, Wire.GREETING + Wire.READY_PUSH);
        assertThat(slow.isOpen()).isTrue();
        slow.take(Long.MAX_VALUE);

        assertThat(sent(slow)).isEqualTo(hex(Wire.GREETING + Wire.ERROR_SOCKET_TYPE));
        assertThat(slow.isOpen()).isFalse();
    }

    @Test
    void anApplicationNeedNotWaitForAPeerThatDoesNotTakeItsRefusal() {
        SlowChannel slow = new SlowChannel();
        ROUTER.install(slow.pipeline());
        slow.pipeline().addLast(application);
        slow.stall();
        receive(slow, Wire.GREETING + Wire.READY_PUSH);

        ChannelFuture closed = slow.close();

        assertThat(closed.isSuccess()).isTrue();
        assertThat(application.events).containsExactly("violation SOCKET_TYPE", "inactive");
        slow.finishAndReleaseAll();
    }

    @Test
    void takesAnEndOfFileForAFarewell() {
        open(ROUTER);
        receive(channel, Wire.GREETING + "04 29 05");

        channel.finishAndReleaseAll();

        assertThat(application.events).containsExactly("inactive");
    }

    @Test
    void refusesToWriteAMessageBeforeItIsComplete() {
        open(REQ);
        ZmtpMessage message = ZmtpMessage.of(channel.alloc(), new byte[0], new byte[1]);

        ChannelFuture written = channel.writeOneOutbound(message);

        assertThat(written.cause()).isInstanceOf(IllegalStateException.class);
        assertThat(message.refCnt()).isZero();
        assertThat(sent(channel)).isEqualTo(hex(Wire.SIGNATURE));
    }

    @Test
    void letsTheApplicationWriteFromItsFirstEventOn() {
        ROUTER.install(channel.pipeline());
        channel.pipeline().addLast(new Application() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                ctx.writeAndFlush(ZmtpMessage.of(ctx.alloc(), new byte[] {0x61}));
            }
        });

        receive(channel, Wire.GREETING + Wire.READY_DEALER);

        assertThat(sent(channel)).isEqualTo(hex(Wire.GREETING + Wire.READY_ROUTER + "00 01 61"));
    }

    @Test
    void deliversNothingToAnApplicationThatClosesAtOnce() {
        ROUTER.install(channel.pipeline());
        channel.pipeline().addLast(new Application() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                ctx.close();
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                throw new AssertionError("a message after close");
            }
        });

        receive(channel, Wire.GREETING + Wire.READY_DEALER + "00 00");

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void sendsFurtherProperties() {
        open(ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.PULL)
                .metadata(Metadata.builder().add("X-A", "b").build())
                .build()));

        receive(channel, Wire.GREETING + Wire.READY_PUSH);

        assertThat(sent(channel)).endsWith(hex("04 50 55 4c 4c 03 58 2d 41 00 00 00 01 62"));
    }

    private static final class ClosesOnExceptions extends Application {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    private void open(ZmtpPipeline zmtp) {
        zmtp.install(channel.pipeline());
        channel.pipeline().addLast(application);
    }
}
