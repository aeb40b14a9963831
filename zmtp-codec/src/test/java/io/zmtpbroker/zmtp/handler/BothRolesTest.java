package io.zmtpbroker.zmtp.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each role against the other. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class BothRolesTest {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;
    private static final int MESSAGES = 200;

    @ParameterizedTest
    @EnumSource(SocketType.class)
    void everyPairOfTypesMeetsOrParts(SocketType accepting) {
        for (SocketType connecting : SocketType.values()) {
            Application here = new Application();
            Application there = new Application();
            EmbeddedChannel server = open(ZmtpPipeline.accepting(options(accepting)), here);
            EmbeddedChannel client = open(ZmtpPipeline.connecting(options(connecting)), there);

            exchange(server, client);

            if (accepting.accepts(connecting)) {
                assertThat(here.events).containsExactly("complete " + connecting);
                assertThat(there.events).containsExactly("complete " + accepting);
                assertThat(Objects.requireNonNull(here.peer).routingId().isEmpty())
                        .isEqualTo(!hasIdentity(connecting));
            } else {
                assertThat(here.events).containsExactly("violation SOCKET_TYPE", "inactive");
                assertThat(there.events).containsExactly("violation PEER_ERROR", "inactive");
            }
            server.finishAndReleaseAll();
            client.finishAndReleaseAll();
        }
    }

    @Test
    void messagesGoBothWays() {
        Application here = new Application();
        Application there = new Application();
        EmbeddedChannel server = open(ZmtpPipeline.accepting(options(SocketType.ROUTER)), here);
        EmbeddedChannel client = open(ZmtpPipeline.connecting(options(SocketType.DEALER)), there);
        exchange(server, client);

        client.writeOutbound(ZmtpMessage.of(ALLOCATOR, new byte[0], new byte[] {1}));
        server.writeOutbound(ZmtpMessage.of(ALLOCATOR, new byte[0], new byte[] {2}));
        exchange(server, client);

        assertThat(here.events).endsWith("message 0100000101");
        assertThat(there.events).endsWith("message 0100000102");
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    @Test
    void messagesComeBackOverLocalChannels() throws Exception {
        echoOver(LocalIoHandler.newFactory(), LocalServerChannel.class, LocalChannel.class, LocalAddress.ANY);
    }

    @Test
    void messagesComeBackOverSockets() throws Exception {
        echoOver(
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static void echoOver(
            IoHandlerFactory io,
            Class<? extends ServerChannel> serverType,
            Class<? extends Channel> clientType,
            SocketAddress address)
            throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, io);
        try {
            Channel server = new ServerBootstrap()
                    .group(loop)
                    .channel(serverType)
                    .childHandler(initializer(ch -> {
                        ZmtpPipeline.accepting(options(SocketType.ROUTER)).install(ch.pipeline());
                        ch.pipeline().addLast(new Echo());
                    }))
                    .bind(address)
                    .sync()
                    .channel();
            Asker asker = new Asker();
            Channel client = new Bootstrap()
                    .group(loop)
                    .channel(clientType)
                    .handler(initializer(ch -> {
                        ZmtpPipeline.connecting(options(SocketType.DEALER)).install(ch.pipeline(), asker);
                        ch.pipeline().addLast(asker.starter());
                    }))
                    .connect(server.localAddress())
                    .sync()
                    .channel();

            List<String> answers = asker.done.get(20, TimeUnit.SECONDS);

            assertThat(answers).isEqualTo(asker.asked);
            client.close().sync();
            server.close().sync();
        } finally {
            loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    private static ChannelInitializer<Channel> initializer(java.util.function.Consumer<Channel> installer) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel ch) {
                installer.accept(ch);
            }
        };
    }

    private static ZmtpOptions options(SocketType type) {
        return ZmtpOptions.builder(type)
                .routingId(RoutingId.of(new byte[] {'i', 'd'}))
                .build();
    }

    private static boolean hasIdentity(SocketType type) {
        return type == SocketType.REQ || type == SocketType.DEALER || type == SocketType.ROUTER;
    }

    private static EmbeddedChannel open(ZmtpPipeline zmtp, Application application) {
        EmbeddedChannel channel = new EmbeddedChannel();
        zmtp.install(channel.pipeline());
        channel.pipeline().addLast(application);
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
        for (ByteBuf octets = from.readOutbound(); octets != null; octets = from.readOutbound()) {
            if (to.isOpen()) {
                to.writeInbound(octets);
                carried = true;
            } else {
                octets.release();
            }
        }
        return carried;
    }

    /** Sends messages of all sizes and collects what comes back; its octets are of a buffer that is used again. */
    private static final class Asker implements ZmtpMessageListener {
        private final SplittableRandom random = new SplittableRandom(7);
        private final List<String> asked = new ArrayList<>();
        private final List<ByteBuf> answers = new ArrayList<>();
        private final CompletableFuture<List<String>> done = new CompletableFuture<>();

        @Override
        public void onMessage(ByteBuf message) {
            answers.add(message.retainedSlice());
            if (answers.size() == MESSAGES) {
                List<String> octets = answers.stream().map(Hex::of).toList();
                answers.forEach(ByteBuf::release);
                done.complete(octets);
            }
        }

        ChannelInboundHandlerAdapter starter() {
            return new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    if (event instanceof ZmtpHandshakeComplete) {
                        ask(ctx);
                    }
                }

                @Override
                public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    done.completeExceptionally(cause);
                }
            };
        }

        private void ask(ChannelHandlerContext ctx) {
            for (int i = 0; i < MESSAGES; i++) {
                ByteBuf[] bodies = new ByteBuf[1 + random.nextInt(4)];
                for (int frame = 0; frame < bodies.length; frame++) {
                    byte[] body = new byte[random.nextInt(1 << random.nextInt(18))];
                    random.nextBytes(body);
                    bodies[frame] = Unpooled.wrappedBuffer(body);
                }
                ZmtpMessage message = ZmtpMessage.ofFrames(ctx.alloc(), bodies);
                asked.add(Hex.of(message.content()));
                ctx.write(message);
            }
            ctx.flush();
        }
    }
}
