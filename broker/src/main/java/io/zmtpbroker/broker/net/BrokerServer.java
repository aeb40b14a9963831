package io.zmtpbroker.broker.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.broker.dispatch.DispatchSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Listens, accepts, connects, and owns the event loop's thread. Thread-safe. */
public final class BrokerServer {

    /** A peer that is slow is so until it has read down to half of what makes it slow. */
    private static final WriteBufferWaterMark WATER_MARK = waterMark(MemoryShares.ofThisJvm());

    private final NetOptions options;
    private final EventLoopGroup group;
    private final Transport transport;
    private final LoopWatch watch;
    private final SingleThreadEventLoop eventLoop;
    private final DispatchLoop loop;
    private final List<EndpointListener> listeners = new ArrayList<>();
    private final List<EndpointConnector> connectors = new ArrayList<>();

    /**
     * A server with its event loop running, that listens nowhere yet.
     *
     * @throws TransportException if the transport that was asked for does not work here
     */
    public BrokerServer(NetOptions options, DispatchConfig dispatch) {
        this.options = options;
        EventLoops loops =
                EventLoops.start(options.transport(), options.limits().roomOctets());
        this.group = loops.group();
        this.transport = loops.transport();
        this.watch = loops.watch();
        this.eventLoop = loops.loop();
        this.loop = new DispatchLoop(eventLoop, loops.heap(), dispatch, options);
    }

    private static WriteBufferWaterMark waterMark(MemoryShares shares) {
        int slow = (int) shares.slow();
        return new WriteBufferWaterMark(slow / 2, slow);
    }

    /**
     * Listens on an endpoint, or begins to connect to it. Blocks until it listens; not for the event loop.
     *
     * @return the endpoint with its real port or path
     * @throws ListenException if the address is in use or not ours; never for one that connects
     */
    public synchronized OpenEndpoint open(EndpointRole role, Endpoint endpoint) throws ListenException {
        try {
            return endpoint.options().connect() ? connect(role, endpoint) : listen(role, endpoint);
        } catch (Exception e) { // Netty throws the checked exception of the system call undeclared
            throw new ListenException(role, endpoint, e);
        }
    }

    private OpenEndpoint listen(EndpointRole role, Endpoint endpoint) throws Exception {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .handler(new AcceptFailures(loop, role, options.limits().acceptPause()))
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, ReadPortion.allocator())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new Acceptor(loop, ConnectionSetup.accepting(loop, role, endpoint, options)));
        EndpointListener listener = EndpointListener.listen(bootstrap, transport, endpoint);
        listeners.add(listener);
        return new OpenEndpoint(role, listener.endpoint());
    }

    private OpenEndpoint connect(EndpointRole role, Endpoint endpoint) throws Exception {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .option(ChannelOption.RECVBUF_ALLOCATOR, ReadPortion.allocator())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        EndpointConnector connector = new EndpointConnector(
                eventLoop, bootstrap, transport, ConnectionSetup.connecting(loop, role, endpoint, options));
        connectors.add(connector);
        eventLoop.execute(connector::connect);
        return new OpenEndpoint(role, endpoint);
    }

    /**
     * Closes the connections of users whose credentials do not hold any more. Blocks; not for the event loop.
     *
     * @return how many
     */
    public int closeRevoked() {
        return onLoop(loop::closeRevoked);
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

    DispatchLoop loop() {
        return loop;
    }

    private <T> T onLoop(Supplier<T> question) {
        return CompletableFuture.supplyAsync(loop.heap().watchedQuestion(question), eventLoop)
                .join();
    }

    /**
     * Has somebody told when the event loop has ended though nobody has stopped it: from then on nothing is served.
     *
     * @param told called on the loop's thread, or here and now if it has ended before; there may be no memory for anything
     */
    public void onFailure(Runnable told) {
        watch.onFailure(told);
    }

    /**
     * Stops: see {@link Drain}.
     *
     * @param limit how long attempts that run may take to end
     * @return completes when the last connection is closed and the event loop has ended, with the final counters; also if the loop
     *     ends, or has ended, by itself
     */
    public synchronized CompletableFuture<Map<String, Long>> stop(Duration limit) {
        watch.stopping();
        var ended = new CompletableFuture<Map<String, Long>>();
        group.terminationFuture().addListener(done -> ended.complete(collectCounters()));
        try {
            drain(limit).whenComplete((drained, failure) -> {
                if (failure != null) {
                    ended.completeExceptionally(failure);
                }
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            });
        } catch (RejectedExecutionException e) {
            // The loop has ended by itself.
        }
        return ended;
    }

    private CompletableFuture<Void> drain(Duration limit) {
        // First, on the loop: who finds that we do not listen any more must not see a task handed out after that.
        eventLoop.execute(() -> loop.dispatcher().stopAssigning());
        listeners.forEach(EndpointListener::close);
        connectors.forEach(connector -> eventLoop.execute(connector::stop));
        return CompletableFuture.supplyAsync(
                        loop.heap().watchedQuestion(() -> new Drain(loop, eventLoop).begin(limit)), eventLoop)
                .thenCompose(drained -> drained);
    }
}
