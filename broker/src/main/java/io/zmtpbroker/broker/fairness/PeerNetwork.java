package io.zmtpbroker.broker.fairness;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where a peer comes from, as far as limits per address go: an address of IPv4, the 64 bits of IPv6 that one customer
 * has at least, or a user of this machine.
 */
public record PeerNetwork(Kind kind, long bits) {

    /** What the bits are. */
    public enum Kind {
        /** An address. */
        IPV4,
        /** The first half of an address. */
        IPV6,
        /** The number of a user. */
        USER
    }

    private static final int IPV4_OCTETS = 4;

    /** That of an address. */
    public static PeerNetwork of(InetAddress address) {
        return of(address.getAddress());
    }

    /** That of an address as text; nothing for what is none. */
    public static Optional<PeerNetwork> of(String address) {
        return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(address))
                .map(PeerNetwork::of);
    }

    /** That of a user of this machine, by its number. */
    public static PeerNetwork ofUser(int uid) {
        return new PeerNetwork(Kind.USER, uid);
    }

    private static PeerNetwork of(byte[] octets) {
        ByteBuffer address = ByteBuffer.wrap(octets);
        return octets.length == IPV4_OCTETS
                ? new PeerNetwork(Kind.IPV4, address.getInt())
                : new PeerNetwork(Kind.IPV6, address.getLong());
    }
}
