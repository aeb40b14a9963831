package io.zmtpbroker.zmtp.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationRequest;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PLAIN and CURVE over real sockets, with an authenticator that answers on another thread. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class SecureSocketsTest {
    private static final int MESSAGES = 100;

    @ParameterizedTest
    @EnumSource
    void messagesComeBackOverSockets(Secured security) throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel ch) {
                            ZmtpPipeline.accepting(Secured.options(
                                            SocketType.ROUTER, security.server(SecureSocketsTest::fromLoopback)))
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
                            ZmtpPipeline.connecting(Secured.options(SocketType.DEALER, security.client()))
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

    private static CompletableFuture<ZmtpAuthenticationAnswer> fromLoopback(ZmtpAuthenticationRequest request) {
        return CompletableFuture.supplyAsync(() -> ZmtpAuthenticationAnswer.success(
                InetAddress.getLoopbackAddress().getHostAddress().equals(request.address()) ? "here" : ""));
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
