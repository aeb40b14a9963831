package io.zmtpbroker.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.handler.ZmtpOptions;
import io.zmtpbroker.zmtp.handler.ZmtpPipeline;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Clients and workers of one broker: they connect, warm up, are measured, and end. For one thread beside its own event loops; its
 * methods block, none longer than its limit.
 */
public final class Load implements AutoCloseable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int HANDSHAKES_AT_A_TIME = 40;
    private static final int HANDSHAKE_LIMIT_SECONDS = 30;
    private static final long DRAIN_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_MILLIS = 10;

    private final LoadSettings settings;
    private final LoadTargets targets;
    private final EventLoopGroup group;
    private final LoadLoop clientLoop;
    private final LoadLoop workerLoop;
    private final RequestBody body;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Semaphore handshakes = new Semaphore(HANDSHAKES_AT_A_TIME);
    private final List<LoadClient> clients = new ArrayList<>();
    private long beginNanos;
    private long endNanos;

    /** A load without connections. */
    public Load(LoadSettings settings, LoadTargets targets) {
        this.settings = settings;
        this.targets = targets;
        group = new MultiThreadIoEventLoopGroup(
                settings.threads(),
                new DefaultThreadFactory("load", true),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        clientLoop = new LoadLoop((SingleThreadEventLoop) group.next(), failure);
        workerLoop = settings.threads() == 1 ? clientLoop : new LoadLoop((SingleThreadEventLoop) group.next(), failure);
        body = new RequestBody(settings.bodyLength());
    }

    /** Connects all workers; returns when the broker has taken them and they have asked for tasks. */
    public void connectWorkers() throws LoadException, InterruptedException {
        for (int i = 0; i < settings.workers(); i++) {
            AnswerConnection answers = null;
            if (settings.dialect() == WorkerDialect.FETCH) {
                answers = new AnswerConnection(workerLoop, handshakes::release);
                connect(targets.answers(), SocketType.PUSH, answers);
            }
            LoadWorker worker = new LoadWorker(workerLoop, handshakes::release, settings.dialect(), answers);
            connect(targets.workers(), settings.dialect().socketType(), worker);
        }
        awaitHandshakes();
    }

    /**
     * Connects all clients; each fills its window at once.
     *
     * @param asksByItself whether each reply is followed by the next request; without this, only {@link #trickle} asks after
     *     the first window
     */
    public void connectClients(boolean asksByItself) throws LoadException, InterruptedException {
        SocketType type = settings.window() == 1 ? SocketType.REQ : SocketType.DEALER;
        for (int i = 0; i < settings.clients(); i++) {
            LoadClient client =
                    new LoadClient(clientLoop, handshakes::release, i, settings.window(), body, asksByItself);
            clients.add(client);
            connect(targets.clients(), type, client);
        }
        awaitHandshakes();
    }

    private void connect(InetSocketAddress address, SocketType type, LoadConnection connection)
            throws LoadException, InterruptedException {
        acquire(1);
        ZmtpPipeline zmtp = ZmtpPipeline.connecting(
                ZmtpOptions.builder(type).mechanism(settings.mechanism()).build());
        new Bootstrap()
                .group(connection.loop().eventLoop())
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        zmtp.install(channel.pipeline(), connection);
                        channel.pipeline().addLast(connection);
                    }
                })
                .connect(address)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        connection.loop().failed("cannot connect: " + done.cause());
                    }
                });
    }

    private void awaitHandshakes() throws LoadException, InterruptedException {
        acquire(HANDSHAKES_AT_A_TIME);
        handshakes.release(HANDSHAKES_AT_A_TIME);
    }

    private void acquire(int permits) throws LoadException, InterruptedException {
        for (int i = 0; i < HANDSHAKE_LIMIT_SECONDS * 100; i++) {
            if (handshakes.tryAcquire(permits, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            check();
        }
        throw new LoadException("the broker took no connection for " + HANDSHAKE_LIMIT_SECONDS + " s");
    }

    /** CPU time that each of the event loops has used so far, in nanoseconds; 0 where the JVM does not know. */
    public long[] loopCpuNanos() {
        return Stream.of(clientLoop, workerLoop)
                .distinct()
                .mapToLong(loop -> THREADS.isThreadCpuTimeSupported()
                        ? THREADS.getThreadCpuTime(
                                loop.eventLoop().threadProperties().id())
                        : 0)
                .toArray();
    }

    /** Lets the load run so long. */
    public void run(double seconds) throws LoadException, InterruptedException {
        try {
            throw new LoadException(failure.get((long) (seconds * 1e9), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return; // nothing has failed
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void check() throws LoadException, InterruptedException {
        run(0);
    }

    /** Waits until each request is answered; at most five seconds, then those that are not are lost. */
    public void awaitReplies() throws LoadException, InterruptedException {
        long limit = System.nanoTime() + DRAIN_LIMIT_NANOS;
        while (clientLoop.openCount() > 0 && System.nanoTime() - limit < 0) {
            run(POLL_MILLIS / 1e3);
        }
    }

    /** Has the clients ask in turn, so many times a second over all, until the load ends. One whose reply is awaited is skipped. */
    public void trickle(int perSecond) {
        long intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        Trickle trickle = new Trickle(clientLoop, clients, System.nanoTime(), intervalNanos);
        // At a fixed rate: what the loop is late for it makes up for.
        clientLoop.eventLoop().scheduleAtFixedRate(trickle, 0, intervalNanos, TimeUnit.NANOSECONDS);
    }

    /** From now on replies count. */
    public void beginMeasuring() {
        beginNanos = System.nanoTime();
        clientLoop.enter(Phase.MEASURED);
    }

    /** Waits until a reply has been counted, for at most so long: a machine that is busy may not come to any. */
    public void awaitFirstReply(double seconds) throws LoadException, InterruptedException {
        long limit = System.nanoTime() + (long) (seconds * 1e9);
        while (clientLoop.countedReplies() == 0 && System.nanoTime() - limit < 0) {
            run(POLL_MILLIS / 1e3);
        }
    }

    /** No reply counts any more, and nothing more is asked. */
    public void endMeasuring() {
        endNanos = System.nanoTime();
        clientLoop.enter(Phase.DRAINING);
    }

    /** What came of it, after {@link #endMeasuring} and {@link #awaitReplies}. */
    public LoadResult result() {
        Histogram latencies = clientLoop.latencies();
        return new LoadResult(
                clientLoop.countedReplies(),
                (endNanos - beginNanos) / 1e9,
                latencies.quantile(0.5) / 1e3,
                latencies.quantile(0.99) / 1e3,
                latencies.quantile(0.999) / 1e3,
                latencies.max() / 1e3,
                clientLoop.refusedCount(),
                clientLoop.wrongCount() + (workerLoop == clientLoop ? 0 : workerLoop.wrongCount()),
                clientLoop.openCount() - clientLoop.refusedCount(),
                clientLoop.skippedCount());
    }

    /** Closes all connections. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
