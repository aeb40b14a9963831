package io.zmtpbroker.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
import io.zmtpbroker.zmtp.handler.ZmtpOptions;
import io.zmtpbroker.zmtp.handler.ZmtpPipeline;
import io.zmtpbroker.zmtp.wire.Frames;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A server that echoes and a client of it, each on a loop of its own. All messages of one read are echoed by one write. */
final class EchoConnection implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Channel listener;
    private final Channel client;
    private final Sender sender;
    private final long serverThread;

    private EchoConnection(Channel listener, Channel client, Sender sender, long serverThread) {
        this.listener = listener;
        this.client = client;
        this.sender = sender;
        this.serverThread = serverThread;
    }

    /** Connects; returns when the handshake is over. */
    static EchoConnection open(
            EventLoopGroup serverLoop, EventLoopGroup clientLoop, ZmtpOptions serverOptions, ZmtpOptions clientOptions)
            throws Exception {
        ZmtpPipeline accepting = ZmtpPipeline.accepting(serverOptions);
        ZmtpPipeline connecting = ZmtpPipeline.connecting(clientOptions);
        Class<? extends ServerChannel> serverChannel =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Class<? extends Channel> clientChannel =
                Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
        Channel listener = new ServerBootstrap()
                .group(serverLoop)
                .channel(serverChannel)
                .childHandler(with(accepting, new Echo()))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        Sender sender = new Sender();
        Channel client = new Bootstrap()
                .group(clientLoop)
                .channel(clientChannel)
                .handler(with(connecting, sender))
                .connect(listener.localAddress())
                .sync()
                .channel();
        sender.ready.await();
        long serverThread =
                serverLoop.next().submit(() -> Thread.currentThread().getId()).get();
        return new EchoConnection(listener, client, sender, serverThread);
    }

    /** CPU time of the server's thread for each message while {@code window} of them are on their way. */
    double serverNanosPerMessage(int bodyLength, int window, double seconds) throws InterruptedException {
        client.eventLoop().execute(() -> sender.begin(bodyLength, window));
        Thread.sleep((long) (seconds * 100)); // until they flow
        long messages = sender.echoed.get();
        long nanos = THREADS.getThreadCpuTime(serverThread);
        Thread.sleep((long) (seconds * 1000));
        double perMessage =
                (double) (THREADS.getThreadCpuTime(serverThread) - nanos) / (sender.echoed.get() - messages);
        client.eventLoop().execute(sender::end);
        sender.drained.acquire();
        return perMessage;
    }

    @Override
    public void close() {
        client.close().syncUninterruptibly();
        listener.close().syncUninterruptibly();
    }

    private static ChannelInitializer<Channel> with(ZmtpPipeline zmtp, Batch batch) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                zmtp.install(channel.pipeline(), batch::onMessage);
                channel.pipeline().addLast(batch);
            }
        };
    }

    /** Gathers what is to be sent until a read is complete, as the broker does in a turn. */
    private abstract static class Batch extends ChannelInboundHandlerAdapter {
        private static final int INITIAL_OCTETS = 4096;

        private @Nullable ByteBuf out;

        @SuppressWarnings("NullAway.Init") // set when the handler is added, before anything else is called
        private Channel channel;

        abstract void onMessage(ByteBuf message);

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            channel = context.channel();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            flush();
        }

        final ByteBuf out() {
            if (out == null) {
                out = channel.alloc().directBuffer(INITIAL_OCTETS);
            }
            return out;
        }

        final void flush() {
            if (out != null) {
                channel.writeAndFlush(out, channel.voidPromise());
                out = null;
            }
        }
    }

    private static final class Echo extends Batch {
        @Override
        void onMessage(ByteBuf message) {
            out().writeBytes(message, message.readerIndex(), message.readableBytes());
        }
    }

    private static final class Sender extends Batch {
        private final CountDownLatch ready = new CountDownLatch(1);
        private final Semaphore drained = new Semaphore(0);
        private final AtomicLong echoed = new AtomicLong();
        private int bodyLength;
        private int underWay;
        private boolean going;

        void begin(int length, int window) {
            bodyLength = length;
            going = true;
            for (int i = 0; i < window; i++) {
                send();
            }
            flush();
        }

        void end() {
            going = false;
        }

        @Override
        void onMessage(ByteBuf message) {
            echoed.lazySet(echoed.get() + 1);
            underWay--;
            if (going) {
                send();
            } else if (underWay == 0) {
                drained.release();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ZmtpHandshakeComplete) {
                ready.countDown();
            }
        }

        private void send() {
            underWay++;
            Frames.writeHeader(out(), false, bodyLength);
            out().writeZero(bodyLength);
        }
    }
}
