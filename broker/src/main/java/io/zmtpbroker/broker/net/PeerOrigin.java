package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.zmtpbroker.broker.fairness.PeerNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the peer of a channel comes from. That of a Unix socket is told apart by its user, whom the kernel names
 * (unix(7), SO_PEERCRED): processes of one user can do each other harm anyway.
 */
final class PeerOrigin {

    private PeerOrigin() {}

    /** Null for a peer that is told apart by nothing: of a Unix socket with NIO, which does not ask, or when it has gone. */
    static @Nullable PeerNetwork of(Channel channel) {
        if (channel.remoteAddress() instanceof InetSocketAddress socket) {
            return socket.getAddress() == null ? null : PeerNetwork.of(socket.getAddress());
        }
        try {
            PeerCredentials credentials = credentials(channel);
            return credentials == null ? null : PeerNetwork.ofUser(credentials.uid());
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable PeerCredentials credentials(Channel channel) throws IOException {
        if (channel instanceof EpollDomainSocketChannel epoll) {
            return epoll.peerCredentials();
        }
        return channel instanceof IoUringDomainSocketChannel ring ? ring.peerCredentials() : null;
    }
}
