package io.zmtpbroker.zmtp.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.security.ZmtpSocketPolicy;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PLAIN and CURVE through whole pipelines, each role against the other. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class SecureRolesTest {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;
    private static final CurveKeyPair SERVER = CurveKeyPair.generate();
    private static final CurveKeyPair CLIENT = CurveKeyPair.generate();
    private static final int MESSAGES = 100;

    private enum Security {
        PLAIN("alice") {
            @Override
            ZmtpMechanismFactory server(ZmtpAuthenticator authenticator) {
                return ZmtpMechanisms.plainServer(authenticator);
            }

            @Override
            ZmtpMechanismFactory client() {
                return ZmtpMechanisms.plainClient("alice", "secret");
            }
        },
        CURVE("alice") {
            @Override
            ZmtpMechanismFactory server(ZmtpAuthenticator authenticator) {
                return ZmtpMechanisms.curveServer(SERVER, authenticator);
            }

            @Override
            ZmtpMechanismFactory client() {
                return ZmtpMechanisms.curveClient(CLIENT, SERVER.publicKey());
            }
        };

        final String user;

        Security(String user) {
            this.user = user;
        }

        abstract ZmtpMechanismFactory server(ZmtpAuthenticator authenticator);

        abstract ZmtpMechanismFactory client();
    }

    private final Application here = new Application();
    private final Application there = new Application();

    @ParameterizedTest
    @EnumSource
    void messagesAndPingsGoBothWays(Security security) {
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
        EmbeddedChannel server = server(Security.CURVE, request -> answer("a"), ZmtpLimits.DEFAULT);
        EmbeddedChannel client = client(Security.CURVE);
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
    void aRefusedPeerIsToldAndClosed(Security security) {
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
    void theConnectingEndMayBeTheServer(Security security) {
        EmbeddedChannel server = new EmbeddedChannel();
        ZmtpPipeline.connecting(options(SocketType.ROUTER, security.server(request -> answer("bob"))))
                .install(server.pipeline());
        server.pipeline().addLast(here);
        EmbeddedChannel client = new EmbeddedChannel();
        ZmtpPipeline.accepting(options(SocketType.DEALER, security.client())).install(client.pipeline());
        client.pipeline().addLast(there);

        exchange(server, client);

        assertThat(here.events).containsExactly("complete DEALER");
        assertThat(there.events).containsExactly("complete ROUTER");
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    @Test
    void aClearFrameBehindTheHandshakeClosesAfterWhatCameBefore() {
        EmbeddedChannel server = server(Security.CURVE, request -> answer("a"), ZmtpLimits.DEFAULT);
        EmbeddedChannel client = client(Security.CURVE);
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
                server(Security.CURVE, request -> answer("a"), ZmtpLimits.DEFAULT.withMaxMessageFrames(3));
        EmbeddedChannel client = client(Security.CURVE);
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
        EmbeddedChannel server = server(Security.CURVE, request -> answer("a"), ZmtpLimits.DEFAULT);
        EmbeddedChannel client = client(Security.CURVE);
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
        EmbeddedChannel server = server(Security.CURVE, request -> answer("a"), ZmtpLimits.DEFAULT);
        EmbeddedChannel client = client(Security.CURVE);
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
        for (Security security : Security.values()) {
            ZmtpOptions options =
                    ZmtpOptions.builder(byPeer).mechanism(security.client()).build();
            assertThatIllegalArgumentException().isThrownBy(() -> ZmtpPipeline.accepting(options));
            ZmtpPipeline.accepting(ZmtpOptions.builder(byPeer)
                    .mechanism(security.server(request -> answer("a")))
                    .build());
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesComeBackOverSockets(Security security) throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel ch) {
                            ZmtpPipeline.accepting(
                                            options(SocketType.ROUTER, security.server(SecureRolesTest::fromLoopback)))
                                    .install(ch.pipeline());
                            ch.pipeline().addLast(new Echo());
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync()
                    .channel();
            Asker asker = new Asker();
            Channel client = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel ch) {
                            ZmtpPipeline.connecting(options(SocketType.DEALER, security.client()))
                                    .install(ch.pipeline());
                            ch.pipeline().addLast(asker);
                        }
                    })
                    .connect(server.localAddress())
                    .sync()
                    .channel();

            assertThat(asker.done.get(30, TimeUnit.SECONDS)).isEqualTo(asker.asked);

            client.close().sync();
            server.close().sync();
        } finally {
            loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    private static CompletableFuture<ZmtpAuthenticationAnswer> answer(String user) {
        return CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.success(user));
    }

    private static CompletableFuture<ZmtpAuthenticationAnswer> fromLoopback(
            io.zmtpbroker.zmtp.security.ZmtpAuthenticationRequest request) {
        return CompletableFuture.supplyAsync(() -> ZmtpAuthenticationAnswer.success(
                InetAddress.getLoopbackAddress().getHostAddress().equals(request.address()) ? "here" : ""));
    }

    private static ZmtpOptions options(SocketType type, ZmtpMechanismFactory mechanism) {
        return ZmtpOptions.builder(type).mechanism(mechanism).build();
    }

    private EmbeddedChannel server(Security security, ZmtpAuthenticator authenticator, ZmtpLimits limits) {
        EmbeddedChannel channel = new EmbeddedChannel();
        ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER)
                        .limits(limits)
                        .mechanism(security.server(authenticator))
                        .build())
                .install(channel.pipeline());
        channel.pipeline().addLast(here);
        return channel;
    }

    private EmbeddedChannel client(Security security) {
        EmbeddedChannel channel = new EmbeddedChannel();
        ZmtpPipeline.connecting(options(SocketType.DEALER, security.client())).install(channel.pipeline());
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

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.write(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }
    }

    /** Sends messages of many frames and sizes and collects what comes back. */
    private static final class Asker extends ChannelInboundHandlerAdapter {
        private final SplittableRandom random = new SplittableRandom(7);
        private final List<String> asked = new ArrayList<>();
        private final List<String> answers = new ArrayList<>();
        private final CompletableFuture<List<String>> done = new CompletableFuture<>();

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (!(event instanceof ZmtpHandshakeComplete)) {
                return;
            }
            for (int i = 0; i < MESSAGES; i++) {
                byte[][] bodies = new byte[1 + random.nextInt(6)][];
                for (int frame = 0; frame < bodies.length; frame++) {
                    bodies[frame] = new byte[random.nextInt(1 << random.nextInt(18))];
                    random.nextBytes(bodies[frame]);
                }
                ZmtpMessage message = ZmtpMessage.of(ctx.alloc(), bodies);
                asked.add(Hex.of(message.content()));
                ctx.write(message);
            }
            ctx.flush();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ZmtpMessage zmtp = (ZmtpMessage) message;
            answers.add(Hex.of(zmtp.content()));
            zmtp.release();
            if (answers.size() == MESSAGES) {
                done.complete(answers);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            done.completeExceptionally(cause);
        }
    }
}
