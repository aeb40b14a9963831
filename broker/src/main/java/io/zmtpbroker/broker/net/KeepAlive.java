package io.zmtpbroker.broker.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;

/**
 * TCP keepalive, for peers that cannot be asked with a PING: an idle one whose machine is off or unplugged is found in two
 * minutes. It does not see a process that hangs, and does not work while octets are under way: then the kernel gives up when it has
 * sent them often enough, after about a quarter of an hour.
 *
 * <p>TCP_USER_TIMEOUT would be quicker there, but it also ends connections whose peers are well and read slowly.
 */
final class KeepAlive {

    /** How long a connection is idle before the kernel asks. The system's own default is two hours. */
    static final int IDLE_SECONDS = 60;

    /** Between two questions without an answer. */
    static final int INTERVAL_SECONDS = 15;

    /** After so many without an answer the connection has ended. */
    static final int PROBES = 4;

    /** Sets an option of a bootstrap: of its connections. */
    interface Setter {
        <T> void set(ChannelOption<T> option, T value);
    }

    private KeepAlive() {}

    /** Has it on each TCP connection; with our times where the transport can set them, with those of the system elsewhere. */
    static void set(Transport transport, Setter connections) {
        connections.set(ChannelOption.SO_KEEPALIVE, true);
        switch (transport.resolved()) {
            case EPOLL -> {
                connections.set(EpollChannelOption.TCP_KEEPIDLE, IDLE_SECONDS);
                connections.set(EpollChannelOption.TCP_KEEPINTVL, INTERVAL_SECONDS);
                connections.set(EpollChannelOption.TCP_KEEPCNT, PROBES);
            }
            case IO_URING -> {
                connections.set(IoUringChannelOption.TCP_KEEPIDLE, IDLE_SECONDS);
                connections.set(IoUringChannelOption.TCP_KEEPINTVL, INTERVAL_SECONDS);
                connections.set(IoUringChannelOption.TCP_KEEPCNT, PROBES);
            }
            case AUTO, NIO -> {}
        }
    }
}
