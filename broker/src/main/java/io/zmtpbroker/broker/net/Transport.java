package io.zmtpbroker.broker.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How sockets are driven: what the platform offers, or what the command line asks for. */
public enum Transport {
    /** The best one that works here: io_uring where the kernel has and allows all that makes it cheap, else epoll, else NIO. */
    AUTO,
    /** Linux io_uring. */
    IO_URING,
    /** Linux epoll. */
    EPOLL,
    /** Java's own selector; works everywhere. */
    NIO;

    /** Netty's switch for accepting many connections with one request to the kernel. */
    private static final String MULTISHOT_ACCEPT = "io.netty.iouring.acceptMultiShotEnabled";

    static {
        // Netty 4.2.18 asks again at once when such a request fails, whether or not it is to read: for ever, when
        // descriptors have run out. To be set before anything of its io_uring is loaded.
        if (System.getProperty(MULTISHOT_ACCEPT) == null) {
            System.setProperty(MULTISHOT_ACCEPT, "false");
        }
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Why this transport does not work on this machine, or null where it does. */
    public @Nullable String unavailable() {
        Throwable cause =
                switch (this) {
                    case AUTO, NIO -> null;
                    case EPOLL -> Epoll.unavailabilityCause();
                    case IO_URING -> IoUring.unavailabilityCause();
                };
        return cause == null ? null : cause.getMessage();
    }

    /** What {@link #AUTO} stands for here; the others stand for themselves. */
    Transport resolved() {
        if (this != AUTO) {
            return this;
        }
        if (ReceiveRing.isSupported()) {
            return IO_URING;
        }
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /** What to use where this one, against expectation, refuses. */
    Transport nextBest() {
        return this == IO_URING && Epoll.isAvailable() ? EPOLL : NIO;
    }

    /**
     * What drives the sockets of a loop.
     *
     * @param roomOctets how much may be held of what is not whole, beside one longest message
     */
    IoHandlerFactory ioHandlerFactory(long roomOctets) {
        return switch (resolved()) {
            case IO_URING -> RingIoHandler.newFactory(ReceiveRing.forRoom(roomOctets));
            case EPOLL -> EpollIoHandler.newFactory();
            case AUTO, NIO -> NioIoHandler.newFactory();
        };
    }

    /** Sets what connections need here that we make. */
    void configure(Bootstrap bootstrap) {
        if (usesRing()) {
            bootstrap.option(ReceiveRing.OPTION, ReceiveRing.GROUP);
        }
    }

    /** Sets what connections need here that come to us. */
    void configure(ServerBootstrap bootstrap) {
        if (usesRing()) {
            bootstrap.childOption(ReceiveRing.OPTION, ReceiveRing.GROUP);
        }
    }

    private boolean usesRing() {
        return resolved() == IO_URING && ReceiveRing.isSupported();
    }

    /** What listens on such an address. */
    Class<? extends ServerChannel> serverChannel(EndpointAddress address) {
        boolean tcp = address instanceof TcpAddress;
        return switch (resolved()) {
            case IO_URING -> tcp ? IoUringServerSocketChannel.class : IoUringServerDomainSocketChannel.class;
            case EPOLL -> tcp ? EpollServerSocketChannel.class : EpollServerDomainSocketChannel.class;
            case AUTO, NIO -> tcp ? NioServerSocketChannel.class : NioServerDomainSocketChannel.class;
        };
    }

    /** What connects to such an address. */
    Class<? extends Channel> channel(EndpointAddress address) {
        boolean tcp = address instanceof TcpAddress;
        return switch (resolved()) {
            case IO_URING -> tcp ? IoUringSocketChannel.class : IoUringDomainSocketChannel.class;
            case EPOLL -> tcp ? EpollSocketChannel.class : EpollDomainSocketChannel.class;
            case AUTO, NIO -> tcp ? NioSocketChannel.class : NioDomainSocketChannel.class;
        };
    }

    /**
     * The address of a Unix socket.
     *
     * @throws IOException for an abstract name, where this transport has none
     */
    SocketAddress unixAddress(IpcAddress address) throws IOException {
        boolean java = resolved() == NIO;
        if (address.isAbstract() && java) {
            throw new IOException("abstract names need Linux and its epoll or io_uring, and the transport here is nio");
        }
        String path = address.isAbstract() ? "\0" + address.name().substring(1) : address.name();
        return java ? UnixDomainSocketAddress.of(path) : new DomainSocketAddress(path);
    }
}
