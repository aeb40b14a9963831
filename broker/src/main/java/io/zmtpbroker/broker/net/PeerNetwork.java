package io.zmtpbroker.broker.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a peer comes from, as far as limits per address go: an address of IPv4, or the 64 bits of IPv6 that one customer has
 * at least.
 */
record PeerNetwork(boolean ofIpv6, long bits) {

    /** The network of an address; null for a Unix socket, whose peers are told apart by nothing. */
    static @Nullable PeerNetwork of(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress socket) || socket.getAddress() == null) {
            return null;
        }
        InetAddress host = socket.getAddress();
        ByteBuffer octets = ByteBuffer.wrap(host.getAddress());
        return host instanceof Inet4Address
                ? new PeerNetwork(false, octets.getInt())
                : new PeerNetwork(true, octets.getLong());
    }
}
