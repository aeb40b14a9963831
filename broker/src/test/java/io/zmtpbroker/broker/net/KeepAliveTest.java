package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeepAliveTest {

    /** Plenty. */
    private static final long ROOM = 1L << 30;

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "IO_URING"})
    void findsUnpluggedPeersInTwoMinutesOnBothEndsOfAConnection(Transport transport) throws Exception {
        assumeTrue(transport.unavailable() == null);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory(ROOM));
        try {
            EndpointAddress address = Endpoint.parse("tcp://127.0.0.1:*").address();
            var accepted = new CompletableFuture<Channel>();
            var server = new ServerBootstrap()
                    .group(group)
                    .channel(transport.serverChannel(address))
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            accepted.complete(channel);
                        }
                    });
            KeepAlive.set(transport, server::childOption);
            Channel listener = server.bind("127.0.0.1", 0).sync().channel();
            var client = new Bootstrap()
                    .group(group)
                    .channel(transport.channel(address))
                    .handler(new ChannelInboundHandlerAdapter());
            KeepAlive.set(transport, client::option);

            assertAsks(client.connect(listener.localAddress()).sync().channel());
            assertAsks(accepted.get(5, TimeUnit.SECONDS));
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /** Both transports name their options alike, and read them from the kernel. */
    private static void assertAsks(Channel channel) {
        boolean epoll = channel.getClass().getSimpleName().startsWith("Epoll");
        assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
        int idle =
                channel.config().getOption(epoll ? EpollChannelOption.TCP_KEEPIDLE : IoUringChannelOption.TCP_KEEPIDLE);
        int interval = channel.config()
                .getOption(epoll ? EpollChannelOption.TCP_KEEPINTVL : IoUringChannelOption.TCP_KEEPINTVL);
        int probes =
                channel.config().getOption(epoll ? EpollChannelOption.TCP_KEEPCNT : IoUringChannelOption.TCP_KEEPCNT);
        assertThat(idle + interval * probes).isEqualTo(120);
    }
}
