package io.zmtpbroker.broker.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.broker.dispatch.DispatchSnapshot;
import io.zmtpbroker.zmtp.handler.ZmtpOptions;
import io.zmtpbroker.zmtp.handler.ZmtpPipeline;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Listens, accepts, and owns the event loop's thread. Thread-safe. */
public final class BrokerServer {

    private static final int BACKLOG = 4096;

    /** A peer with more than this unread is slow, until it has read down to half of it. */
    private static final int SLOW_FROM_OCTETS = 1024 * 1024;

    private final NetOptions options;
    private final EventLoopGroup group;
    private final SingleThreadEventLoop eventLoop;
    private final DispatchLoop loop;
    private final List<Channel> listeners = new ArrayList<>();

    /** A server with its event loop running, that listens nowhere yet. */
    public BrokerServer(NetOptions options, DispatchConfig dispatch) {
        this.options = options;
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("dispatch"), options.transport().ioHandlerFactory());
        this.eventLoop = (SingleThreadEventLoop) group.next();
        this.loop = new DispatchLoop(eventLoop, dispatch, options.clientGone());
    }

    /**
     * Listens on an endpoint. Blocks until it does; not for the event loop.
     *
     * @throws ListenException if the address is in use or not ours
     */
    public synchronized BoundEndpoint listen(EndpointRole role, Endpoint endpoint) throws ListenException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(options.transport().serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(SLOW_FROM_OCTETS / 2, SLOW_FROM_OCTETS))
                .childHandler(new Acceptor(role));
        try {
            Channel listener =
                    bootstrap.bind(endpoint.toAddress()).syncUninterruptibly().channel();
            listeners.add(listener);
            return new BoundEndpoint(role, Endpoint.of((InetSocketAddress) listener.localAddress()));
        } catch (Exception e) { // Netty throws the checked exception of the system call undeclared
            throw new ListenException(role, endpoint, e);
        }
    }

    /** What the dispatcher holds now. Blocks; not for the event loop. */
    public DispatchSnapshot snapshot() {
        return onLoop(() -> loop.dispatcher().snapshot());
    }

    /** What was counted so far, by name. Blocks; not for the event loop. */
    public Map<String, Long> counters() {
        return onLoop(this::collectCounters);
    }

    private Map<String, Long> collectCounters() {
        return CounterReport.of(loop.dispatcher().counters(), loop.counters());
    }

    private <T> T onLoop(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, eventLoop).join();
    }

    /**
     * Stops: see {@link Drain}.
     *
     * @param limit how long attempts that run may take to end
     * @return completes when the last connection is closed and the event loop has ended, with the final counters
     */
    public synchronized CompletableFuture<Map<String, Long>> stop(Duration limit) {
        listeners.forEach(Channel::close);
        return CompletableFuture.supplyAsync(() -> new Drain(loop, eventLoop).begin(limit), eventLoop)
                .thenCompose(drained -> drained)
                .thenCompose(drained -> {
                    Map<String, Long> last = collectCounters();
                    var ended = new CompletableFuture<Map<String, Long>>();
                    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> ended.complete(last));
                    return ended;
                });
    }

    /** Prepares each accepted connection, or closes it where there are too many. */
    private final class Acceptor extends ChannelInitializer<Channel> {

        private final EndpointRole role;
        private final ZmtpPipeline pipeline;

        Acceptor(EndpointRole role) {
            this.role = role;
            this.pipeline = ZmtpPipeline.accepting(ZmtpOptions.builder(role.socketType())
                    .limits(options.limits())
                    .build());
        }

        @Override
        protected void initChannel(Channel channel) {
            if (loop.connections().size() >= options.maxConnections()) {
                loop.counters().connectionRefused();
                channel.close();
                return;
            }
            PeerConnection connection = new PeerConnection(loop, role, channel);
            loop.opened(connection);
            pipeline.install(channel.pipeline(), connection);
            channel.pipeline().addLast(connection);
        }
    }
}
