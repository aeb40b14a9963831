package io.zmtpbroker.zmtp.security;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.wire.Zmtp20Greeting;
import org.jspecify.annotations.Nullable;

/**
 * What follows the signature with a peer of ZMTP 2.0: each end says its socket type and its routing id, and that is all
 * (15/ZMTP). There are no commands, so a peer that is refused is told nothing.
 *
 * <p>An end with one type says it at once, as libzmq does. One that chooses by the peer's waits for that: peers of 2.0 send
 * it together with the octet that told their version, so nobody waits for ever. The routing id goes out with the type, for
 * they wait for our type before they send theirs.
 */
final class Zmtp20Handshake {
    private final ZmtpLocalEnd local;
    private @Nullable SocketType ours;
    private @Nullable SocketType peer;

    Zmtp20Handshake(ZmtpLocalEnd local) {
        this.local = local;
    }

    /** The peer's revision has come; {@code out} grows by what is due. */
    void start(ByteBuf out) {
        local.sockets().fixedType().ifPresent(type -> announce(type, out));
    }

    /**
     * Uses up what has come, as far as it belongs to the handshake.
     *
     * @param in its reader index moves; the rest is to be shown again with what comes behind it
     * @param out grows by what is due; to be sent also when this throws
     * @return who the peer is; null while octets are missing
     * @throws io.zmtpbroker.zmtp.ZmtpProtocolException to refuse it
     */
    @Nullable
    ZmtpPeer advance(ByteBuf in, ByteBuf out) {
        if (peer == null) {
            SocketType type = Zmtp20Greeting.readType(in);
            if (type == null) {
                return null;
            }
            SocketType fitting = local.typeFor(type);
            if (ours == null) {
                announce(fitting, out);
            }
            peer = type;
        }
        RoutingId id = Zmtp20Greeting.readRoutingId(in);
        return id == null || ours == null ? null : local.admitZmtp20(ours, peer, id);
    }

    private void announce(SocketType type, ByteBuf out) {
        ours = type;
        Zmtp20Greeting.writeType(type, out);
        Zmtp20Greeting.writeRoutingId(local.routingId(), out);
    }
}
