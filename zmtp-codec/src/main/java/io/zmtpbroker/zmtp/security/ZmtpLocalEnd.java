package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_METADATA;
import static io.zmtpbroker.zmtp.ZmtpViolation.NOT_PERMITTED;
import static io.zmtpbroker.zmtp.ZmtpViolation.ROUTING_ID_TAKEN;
import static io.zmtpbroker.zmtp.ZmtpViolation.SOCKET_TYPE;

import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.ZmtpVersion;
import java.util.Optional;

/**
 * What we are, and how we judge by it what a peer says it is: the part of a handshake that all mechanisms share.
 *
 * @param role which end we are
 * @param sockets what we announce
 * @param routingId our name, announced by the types that have one
 * @param properties further properties to announce; neither {@code Socket-Type} nor {@code Identity}
 */
public record ZmtpLocalEnd(ZmtpRole role, ZmtpSocketPolicy sockets, RoutingId routingId, Metadata properties) {
    /**
     * Checks that the parts fit.
     *
     * @throws IllegalArgumentException if a property is one that we write ourselves, or the connecting end has no type
     *     before it knows the peer's
     */
    public ZmtpLocalEnd {
        for (String reserved : new String[] {Metadata.SOCKET_TYPE, Metadata.IDENTITY}) {
            if (properties.count(reserved) > 0) {
                throw new IllegalArgumentException("property " + reserved + " is not free to be set");
            }
        }
        if (role == ZmtpRole.CONNECTING && sockets.fixedType().isEmpty()) {
            throw new IllegalArgumentException("a connecting end needs a fixed socket type");
        }
    }

    /**
     * The properties that we send.
     *
     * @param type what we are to this peer
     * @return {@code Socket-Type}, {@code Identity} for the types that libzmq sends it for, then the others
     */
    public Metadata announce(SocketType type) {
        Metadata.Builder builder = Metadata.builder().add(Metadata.SOCKET_TYPE, type.name());
        if (hasIdentity(type)) {
            builder.add(Metadata.IDENTITY, routingId.bytes());
        }
        return builder.addAll(properties).build();
    }

    /**
     * Judges what a peer says of itself, where nobody was asked who it is.
     *
     * @param minorVersion 0 or 1, from its greeting
     * @param metadata its properties
     * @return who it is, and what we are to it
     * @throws ZmtpProtocolException as {@link #admit(int, Metadata, ZmtpUser)}
     */
    public ZmtpPeer admit(int minorVersion, Metadata metadata) {
        return admit(minorVersion, metadata, ZmtpUser.ANONYMOUS);
    }

    /**
     * Judges what a peer says of itself.
     *
     * @param minorVersion 0 or 1, from its greeting
     * @param metadata its properties
     * @param user who it has shown itself to be
     * @return who it is, and what we are to it
     * @throws ZmtpProtocolException with {@code SOCKET_TYPE} when its type is missing, unknown or not for us, with
     *     {@code NOT_PERMITTED} when it is none that the policy permits the user, with {@code MALFORMED_METADATA} when its
     *     routing id is too long or begins with zero, with {@code ROUTING_ID_TAKEN} when that is in use and the policy refuses it
     */
    public ZmtpPeer admit(int minorVersion, Metadata metadata, ZmtpUser user) {
        RoutingId peerId = routingIdOf(metadata);
        SocketType peer = typeOf(metadata);
        SocketType ours = typeFor(peer);
        checkPermitted(user, peer);
        checkFree(user, peerId);
        return new ZmtpPeer(ZmtpVersion.ofMinor(minorVersion), ours, peer, peerId, metadata, user);
    }

    /**
     * Judges what a peer of ZMTP 2.0 is, which is anonymous.
     *
     * @throws ZmtpProtocolException with {@code NOT_PERMITTED} or {@code ROUTING_ID_TAKEN}, as {@link #admit}
     */
    ZmtpPeer admitZmtp20(SocketType ours, SocketType peer, RoutingId peerId) {
        checkPermitted(ZmtpUser.ANONYMOUS, peer);
        checkFree(ZmtpUser.ANONYMOUS, peerId);
        return new ZmtpPeer(ZmtpVersion.V2_0, ours, peer, peerId, Metadata.EMPTY, ZmtpUser.ANONYMOUS);
    }

    /** What we are to a peer; throws a {@link ZmtpProtocolException} when we do not talk to it. */
    SocketType typeFor(SocketType peer) {
        return sockets.typeFor(peer)
                .orElseThrow(() -> new ZmtpProtocolException(
                        SOCKET_TYPE, "socket type " + peer + ", which this endpoint does not talk to"));
    }

    private void checkPermitted(ZmtpUser user, SocketType peer) {
        if (!sockets.permits(user, peer)) {
            String who = user.isAnonymous() ? "an anonymous peer" : "user '" + user.id() + "'";
            throw new ZmtpProtocolException(NOT_PERMITTED, who + " may not come with socket type " + peer);
        }
    }

    private void checkFree(ZmtpUser user, RoutingId peerId) {
        if (sockets.isTaken(user, peerId)) {
            throw new ZmtpProtocolException(ROUTING_ID_TAKEN, "routing id in use by another peer");
        }
    }

    private SocketType typeOf(Metadata metadata) {
        Optional<String> name = metadata.text(Metadata.SOCKET_TYPE);
        if (name.isEmpty()) {
            return sockets.onlyPeer().orElseThrow(() -> new ZmtpProtocolException(SOCKET_TYPE, "no socket type"));
        }
        return SocketType.ofName(name.get())
                .orElseThrow(() -> new ZmtpProtocolException(SOCKET_TYPE, "unknown socket type"));
    }

    static RoutingId routingIdOf(Metadata metadata) {
        try {
            return metadata.bytes(Metadata.IDENTITY).map(RoutingId::of).orElse(RoutingId.EMPTY);
        } catch (IllegalArgumentException e) {
            throw new ZmtpProtocolException(MALFORMED_METADATA, String.valueOf(e.getMessage()));
        }
    }

    private static boolean hasIdentity(SocketType type) {
        return type == SocketType.REQ || type == SocketType.DEALER || type == SocketType.ROUTER;
    }
}
