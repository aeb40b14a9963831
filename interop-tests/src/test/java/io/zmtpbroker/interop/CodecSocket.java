package io.zmtpbroker.interop;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
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
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.handler.ZmtpOptions;
import io.zmtpbroker.zmtp.handler.ZmtpPipeline;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One DEALER made of the codec alone, which talks to one peer. */
@SuppressWarnings("FutureReturnValueIgnored") // what does not arrive is missed by the test
final class CodecSocket implements AutoCloseable {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CompletableFuture<Established> established = new CompletableFuture<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final boolean listens;
    private String endpoint = "";

    private record Established(Channel channel, String user) {}

    private CodecSocket(boolean listens) {
        this.listens = listens;
    }

    /** The server of a mechanism, on a free port of this machine. */
    static CodecSocket listening(ZmtpMechanismFactory mechanism) {
        return listening(mechanism, ZmtpHeartbeat.OFF);
    }

    /** The server of a mechanism, on a free port of this machine. */
    static CodecSocket listening(ZmtpMechanismFactory mechanism, ZmtpHeartbeat heartbeat) {
        CodecSocket socket = new CodecSocket(true);
        ZmtpPipeline zmtp = ZmtpPipeline.accepting(options(mechanism, heartbeat));
        Channel listener = new ServerBootstrap()
                .group(socket.loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(socket.initializer(zmtp))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        socket.endpoint = "tcp://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort();
        return socket;
    }

    /** The client of a mechanism. */
    static CodecSocket connected(String endpoint, ZmtpMechanismFactory mechanism) {
        CodecSocket socket = new CodecSocket(false);
        socket.endpoint = endpoint;
        URI address = URI.create(endpoint);
        new Bootstrap()
                .group(socket.loop)
                .channel(NioSocketChannel.class)
                .handler(socket.initializer(ZmtpPipeline.connecting(options(mechanism, ZmtpHeartbeat.OFF))))
                .connect(address.getHost(), address.getPort())
                .syncUninterruptibly();
        return socket;
    }

    String endpoint() {
        return endpoint;
    }

    /** Who the authenticator says the peer is. */
    String user() {
        return await(established).user();
    }

    void send(Message message) {
        Channel channel = await(established).channel();
        channel.writeAndFlush(ZmtpMessage.of(channel.alloc(), message.frames().toArray(new byte[0][])));
    }

    Message receive() {
        try {
            Message message = received.poll(Limits.SOON.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new AssertionError("nothing came; failure: " + failure.getNow("none"));
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * The first violation; where we connect, "closed" when the peer just went. Peers that connect to us may go and come back,
     * as JeroMQ now and then does in the middle of a handshake.
     */
    String failure() {
        return await(failure);
    }

    /** Whether there was none so far. */
    boolean isWell() {
        return !failure.isDone();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static ZmtpOptions options(ZmtpMechanismFactory mechanism, ZmtpHeartbeat heartbeat) {
        return ZmtpOptions.builder(SocketType.DEALER)
                .mechanism(mechanism)
                .heartbeat(heartbeat)
                .build();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(Limits.SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private ChannelInitializer<Channel> initializer(ZmtpPipeline zmtp) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel ch) {
                zmtp.install(ch.pipeline());
                ch.pipeline().addLast(new Receiver());
            }
        };
    }

    private final class Receiver extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ZmtpHandshakeComplete complete) {
                established.complete(
                        new Established(ctx.channel(), complete.peer().user().id()));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ZmtpMessage zmtp = (ZmtpMessage) message;
            received.add(
                    Message.of(zmtp.frames().stream().map(ByteBufUtil::getBytes).toList()));
            zmtp.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof ZmtpProtocolException violation) {
                failure.complete(violation.violation().name());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!listens) {
                failure.complete("closed");
            }
        }
    }
}
