package io.zmtpbroker.broker.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An endpoint that listens, until it is closed. Its methods block a little; not for the event loop. */
final class EndpointListener {

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");
    private static final int BACKLOG = 4096;

    private final Channel channel;
    private final Endpoint endpoint;

    /** Null for what has no file. */
    private final @Nullable SocketFile file;

    /** Made for the file, and to be deleted after it; null where it was there before. */
    private final @Nullable Path directory;

    private EndpointListener(Channel channel, Endpoint endpoint, @Nullable SocketFile file, @Nullable Path directory) {
        this.channel = channel;
        this.endpoint = endpoint;
        this.file = file;
        this.directory = directory;
    }

    /**
     * Listens on an endpoint.
     *
     * @param bootstrap with the handler and the options of accepted connections; what depends on the address is set here
     * @throws Exception what the system says against it; Netty throws checked exceptions undeclared
     */
    static EndpointListener listen(ServerBootstrap bootstrap, Transport transport, Endpoint endpoint) throws Exception {
        bootstrap.channel(transport.serverChannel(endpoint.address())).option(ChannelOption.SO_BACKLOG, BACKLOG);
        transport.configure(bootstrap);
        if (endpoint.address() instanceof IpcAddress ipc) {
            return listen(bootstrap, transport, endpoint, ipc);
        }
        bootstrap.option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true);
        KeepAlive.set(transport, bootstrap::childOption);
        Channel channel = bind(bootstrap, ((TcpAddress) endpoint.address()).toBind());
        TcpAddress bound = TcpAddress.of((InetSocketAddress) channel.localAddress());
        return new EndpointListener(channel, new Endpoint(bound, endpoint.options()), null, null);
    }

    private static EndpointListener listen(
            ServerBootstrap bootstrap, Transport transport, Endpoint endpoint, IpcAddress address) throws Exception {
        if (address.isAbstract()) {
            return new EndpointListener(bind(bootstrap, transport.unixAddress(address)), endpoint, null, null);
        }
        if (address.isPath()) {
            var bound = bindFile(bootstrap, transport, address, endpoint.options());
            return new EndpointListener(bound.channel(), endpoint, bound.file(), null);
        }
        // As libzmq does it: in a directory of its own, which only our user may enter.
        Path directory = Files.createTempDirectory("zmtp-broker-");
        try {
            IpcAddress chosen = new IpcAddress(directory.resolve("socket").toString());
            var bound = bindFile(bootstrap, transport, chosen, endpoint.options());
            return new EndpointListener(
                    bound.channel(), new Endpoint(chosen, endpoint.options()), bound.file(), directory);
        } catch (Exception e) {
            Files.delete(directory);
            throw e;
        }
    }

    private static SocketFileBinding.Bound bindFile(
            ServerBootstrap bootstrap, Transport transport, IpcAddress address, EndpointOptions options)
            throws Exception {
        return new SocketFileBinding(Path.of(address.name()), options.mode())
                .bind(hidden -> bind(bootstrap, transport.unixAddress(hidden)));
    }

    private static Channel bind(ServerBootstrap bootstrap, SocketAddress address) {
        return bootstrap.bind(address).syncUninterruptibly().channel();
    }

    /** The endpoint with its real port or path. */
    Endpoint endpoint() {
        return endpoint;
    }

    /** Ends it; those that are connected stay so. Its file goes first: while we hold the socket no other has its key. */
    void close() {
        try {
            if (file != null) {
                file.deleteIfSame();
            }
            if (directory != null) {
                Files.delete(directory);
            }
        } catch (IOException e) {
            LOG.warn("cannot delete the socket of {}: {}", endpoint.address(), e.toString());
        }
        channel.close();
    }
}
