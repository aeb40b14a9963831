package io.zmtpbroker.zmtp.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpSocketPolicy;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PLAIN and CURVE through whole pipelines, each role against the other. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class SecureRolesTest {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    private final Application here = new Application();
    private final Application there = new Application();

    @ParameterizedTest
    @EnumSource
    void messagesAndPingsGoBothWays(Secured security) {
        EmbeddedChannel server = server(security, request -> answer(security.user), ZmtpLimits.DEFAULT);
        EmbeddedChannel client = client(security);
        exchange(server, client);
        assertThat(here.events).containsExactly("complete DEALER");
        assertThat(there.events).containsExactly("complete ROUTER");
        assertThat(Objects.requireNonNull(here.peer).user().id()).isEqualTo("alice");

        client.writeOutbound(ZmtpMessage.of(ALLOCATOR, new byte[0], new byte[] {1}));
        client.writeOutbound(Hex.buffer(Wire.PING + "01 00 00 01 03"));
        server.writeOutbound(ZmtpMessage.of(ALLOCATOR, new byte[0], new byte[] {2}), Hex.buffer(Wire.PING));
        exchange(server, client);

        assertThat(here.events).containsExactly("complete DEALER", "message 0100000101", "message 0100000103");
        assertThat(there.events).containsExactly("complete ROUTER", "message 0100000102");
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    @Test
    void aPingInABoxIsAnsweredInABox() {
        EmbeddedChannel server = server(Secured.CURVE, request -> answer("a"), ZmtpLimits.DEFAULT);
        EmbeddedChannel client = client(Secured.CURVE);
        exchange(server, client);

        client.writeOutbound(Hex.buffer(Wire.PING));
        ByteBuf ping = client.readOutbound();
        server.writeInbound(ping);
        ByteBuf pong = server.readOutbound();

        assertThat(Hex.of(pong))
                .startsWith(Wire.hex("00 26 07 4d 45 53 53 41 47 45"))
                .hasSize(2 * 40);
        pong.release();
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedPeerIsToldAndClosed(Secured security) {
        EmbeddedChannel server = server(
                security,
                request -> CompletableFuture.completedFuture(
                        ZmtpAuthenticationAnswer.refusal(Status.AUTHENTICATION_FAILURE)),
                ZmtpLimits.DEFAULT);
        EmbeddedChannel client = client(security);

        exchange(server, client);

        assertThat(here.events).containsExactly("violation AUTHENTICATION", "inactive");
        assertThat(there.events).containsExactly("violation PEER_ERROR", "inactive");
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    @ParameterizedTest
    @EnumSource
    void theConnectingEndMayBeTheServer(Secured security) {
        EmbeddedChannel server = new EmbeddedChannel();
        ZmtpPipeline.connecting(Secured.options(SocketType.ROUTER, security.server(request -> answer("bob"))))
                .install(server.pipeline());
        server.pipeline().addLast(here);
        EmbeddedChannel client = new EmbeddedChannel();
        ZmtpPipeline.accepting(Secured.options(SocketType.DEALER, security.client()))
                .install(client.pipeline());
        client.pipeline().addLast(there);

        exchange(server, client);

        assertThat(here.events).containsExactly("complete DEALER");
        assertThat(there.events).containsExactly("complete ROUTER");
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    @Test
    void aClearFrameBehindTheHandshakeClosesAfterWhatCameBefore() {
        EmbeddedChannel server = server(Secured.CURVE, request -> answer("a"), ZmtpLimits.DEFAULT);
        EmbeddedChannel client = client(Secured.CURVE);
        exchange(server, client);
        client.writeOutbound(Hex.buffer("00 01 61"));
        ByteBuf sealed = client.readOutbound();

        Wire.receive(server, Hex.of(sealed) + "00 01 62");

        sealed.release();
        assertThat(here.events).containsExactly("complete DEALER", "message 000161", "violation NOT_BOXED", "inactive");
        assertThat(Wire.sent(server)).isEmpty();
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    @Test
    void countsTheFramesOfABoxedMessage() {
        EmbeddedChannel server =
                server(Secured.CURVE, request -> answer("a"), ZmtpLimits.DEFAULT.withMaxMessageFrames(3));
        EmbeddedChannel client = client(Secured.CURVE);
        exchange(server, client);

        client.writeOutbound(Hex.buffer("01 00 01 00 00 00 | 01 00 01 00 01 00 00 00"));
        exchange(server, client);

        assertThat(here.events)
                .containsExactly("complete DEALER", "message 010001000000", "violation TOO_MANY_FRAMES", "inactive");
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    @Test
    void nothingLeavesInClearOnceTheConnectionHasEnded() {
        EmbeddedChannel server = server(Secured.CURVE, request -> answer("a"), ZmtpLimits.DEFAULT);
        EmbeddedChannel client = client(Secured.CURVE);
        exchange(server, client);
        Channel channel = client;
        channel.close();

        ByteBuf late = Hex.buffer("00 01 61");
        assertThat(channel.writeAndFlush(late).cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(late.refCnt()).isZero();
        assertThat(Wire.sent(client)).isEmpty();
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    @Test
    void aHalfMessageIsReleasedWithTheConnection() {
        EmbeddedChannel server = server(Secured.CURVE, request -> answer("a"), ZmtpLimits.DEFAULT);
        EmbeddedChannel client = client(Secured.CURVE);
        exchange(server, client);
        client.writeOutbound(ZmtpMessage.of(ALLOCATOR, new byte[50_000]));
        ByteBuf sealed = client.readOutbound();
        server.writeInbound(sealed.readRetainedSlice(40_000));
        sealed.release();

        server.finishAndReleaseAll();
        client.finishAndReleaseAll();

        assertThat(here.events).containsExactly("complete DEALER", "inactive");
    }

    @Test
    void aClientNeedsATypeAtEitherEnd() {
        ZmtpSocketPolicy byPeer = ZmtpSocketPolicy.byPeer(peer -> Optional.of(SocketType.ROUTER));
        for (Secured security : Secured.values()) {
            ZmtpOptions options =
                    ZmtpOptions.builder(byPeer).mechanism(security.client()).build();
            assertThatIllegalArgumentException().isThrownBy(() -> ZmtpPipeline.accepting(options));
            ZmtpPipeline.accepting(ZmtpOptions.builder(byPeer)
                    .mechanism(security.server(request -> answer("a")))
                    .build());
        }
    }

    private static CompletableFuture<ZmtpAuthenticationAnswer> answer(String user) {
        return CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.success(user));
    }

    private EmbeddedChannel server(Secured security, ZmtpAuthenticator authenticator, ZmtpLimits limits) {
        EmbeddedChannel channel = new EmbeddedChannel();
        ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER)
                        .limits(limits)
                        .mechanism(security.server(authenticator))
                        .build())
                .install(channel.pipeline());
        channel.pipeline().addLast(here);
        return channel;
    }

    private EmbeddedChannel client(Secured security) {
        EmbeddedChannel channel = new EmbeddedChannel();
        ZmtpPipeline.connecting(Secured.options(SocketType.DEALER, security.client()))
                .install(channel.pipeline());
        channel.pipeline().addLast(there);
        return channel;
    }

    /** Carries octets until nobody says anything more; what is sent before a close arrives. */
    private static void exchange(EmbeddedChannel one, EmbeddedChannel other) {
        while (carry(one, other) || carry(other, one)) {}
        if (!one.isOpen() || !other.isOpen()) {
            one.close();
            other.close();
        }
    }

    private static boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
        boolean carried = false;
        from.runPendingTasks();
        for (ByteBuf octets = from.readOutbound(); octets != null; octets = from.readOutbound()) {
            if (to.isOpen()) {
                to.writeInbound(octets);
                to.runPendingTasks();
                carried = true;
            } else {
                octets.release();
            }
        }
        return carried;
    }
}
