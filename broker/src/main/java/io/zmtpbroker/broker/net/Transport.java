package io.zmtpbroker.broker.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How sockets are driven: what the platform offers, or what the command line asks for. */
public enum Transport {
    /** The best one that works here: epoll, else NIO. */
    AUTO,
    /** Linux io_uring. */
    IO_URING,
    /** Linux epoll. */
    EPOLL,
    /** Java's own selector; works everywhere. */
    NIO;

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
        return this != AUTO ? this : Epoll.isAvailable() ? EPOLL : NIO;
    }

    IoHandlerFactory ioHandlerFactory() {
        return switch (resolved()) {
            case IO_URING -> IoUringIoHandler.newFactory();
            case EPOLL -> EpollIoHandler.newFactory();
            case AUTO, NIO -> NioIoHandler.newFactory();
        };
    }

    Class<? extends ServerChannel> serverChannel() {
        return switch (resolved()) {
            case IO_URING -> IoUringServerSocketChannel.class;
            case EPOLL -> EpollServerSocketChannel.class;
            case AUTO, NIO -> NioServerSocketChannel.class;
        };
    }
}
