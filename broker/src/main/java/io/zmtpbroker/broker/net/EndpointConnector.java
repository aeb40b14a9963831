package io.zmtpbroker.broker.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to an endpoint: it connects, and when that fails or the connection is lost it connects again after a
 * {@link ReconnectDelay}, for ever. Unlike libzmq it does so even after a peer that broke the protocol: that one may be
 * repaired. Confined to the dispatch loop.
 */
final class EndpointConnector {

    private final EventLoop eventLoop;
    private final Bootstrap bootstrap;
    private final Transport transport;
    private final ConnectionSetup setup;
    private final WantOfHeap heap;
    private final ConnectorLog log;
    private final ReconnectDelay delay = new ReconnectDelay(new SplittableRandom());
    private @Nullable Future<?> retry;
    private boolean stopped;

    /**
     * A connector that does nothing before {@link #connect}.
     *
     * @param bootstrap with the loop and the options of connections; what depends on the address is set here
     */
    EndpointConnector(EventLoop eventLoop, Bootstrap bootstrap, Transport transport, ConnectionSetup setup) {
        this.eventLoop = eventLoop;
        this.transport = transport;
        this.setup = setup;
        this.heap = setup.loop().heap();
        this.log = new ConnectorLog(setup.role(), setup.endpoint().address(), nowNanos());
        this.bootstrap = bootstrap
                .channel(transport.channel(setup.endpoint().address()))
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .handler(new Connected());
        transport.configure(bootstrap);
        if (setup.endpoint().address() instanceof TcpAddress) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true);
            KeepAlive.set(transport, bootstrap::option);
        }
    }

    private long nowNanos() {
        return eventLoop.ticker().nanoTime();
    }

    /** Makes an attempt; others follow when it has failed or its connection has ended. */
    void connect() {
        retry = null;
        var unused = AddressLookup.find(setup.endpoint().address(), transport)
                .whenComplete((address, failure) -> eventLoop.execute(() -> {
                    if (failure != null) {
                        ended(SystemReason.of(failure));
                    } else {
                        connectTo(address);
                    }
                }));
    }

    private void connectTo(SocketAddress address) {
        bootstrap.connect(address).addListener(heap.watchedListener(attempt -> {
            if (!attempt.isSuccess()) {
                ended(SystemReason.of(attempt.cause()));
            }
        }));
    }

    private void ended(String reason) {
        if (stopped) {
            return;
        }
        log.down(reason, nowNanos());
        retry = eventLoop.schedule(this::connect, delay.nextMillis(), TimeUnit.MILLISECONDS);
    }

    /** Makes no more attempts. What is connected stays so. */
    void stop() {
        stopped = true;
        if (retry != null) {
            retry.cancel(false);
        }
    }

    /** Not earlier than when the channel is active: only then its end is told to those that stand in its pipeline. */
    @Sharable
    private final class Connected extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel channel = context.channel();
            if (stopped) {
                channel.close();
                return;
            }
            HandshakeWatcher watcher = new HandshakeWatcher(setup.loop(), () -> log.up(nowNanos()));
            setup.install(channel, watcher);
            channel.closeFuture().addListener(heap.watchedListener(closed -> ended(watcher.reason())));
            context.fireChannelActive();
        }
    }
}
