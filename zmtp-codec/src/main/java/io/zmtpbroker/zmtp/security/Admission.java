package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.ROUTING_ID_TAKEN;
import static io.zmtpbroker.zmtp.ZmtpViolation.SOCKET_TYPE;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.MetadataWire;

/** The exchange of properties, as far as it is the same in all mechanisms. */
final class Admission {
    private static final String INVALID_SOCKET_TYPE = "Invalid socket type";
    private static final String ROUTING_ID_IN_USE = "Routing id in use";

    private Admission() {}

    /**
     * Judges the properties of a peer that may still be told what is wrong with them.
     *
     * @param user who it has shown itself to be
     * @throws ZmtpProtocolException as {@link ZmtpLocalEnd#admit}; ERROR has been sent for what only a human can repair, as
     *     it makes libzmq give up for good
     */
    static ZmtpPeer admit(
            ZmtpLocalEnd local, int minorVersion, Metadata metadata, ZmtpUser user, ZmtpMechanismPort port) {
        try {
            return local.admit(minorVersion, metadata, user);
        } catch (ZmtpProtocolException e) {
            explain(e.violation(), port);
            throw e;
        }
    }

    private static void explain(ZmtpViolation violation, ZmtpMechanismPort port) {
        if (violation == SOCKET_TYPE) {
            port.send(CommandWire.encodeError(port.allocator(), INVALID_SOCKET_TYPE));
        } else if (violation == ROUTING_ID_TAKEN) {
            port.send(CommandWire.encodeError(port.allocator(), ROUTING_ID_IN_USE));
        }
    }

    /** Sends a command that holds our properties. */
    static void announce(ZmtpLocalEnd local, SocketType type, String command, ZmtpMechanismPort port) {
        ByteBuf data = port.allocator().buffer();
        try {
            MetadataWire.write(local.announce(type), data);
            port.send(CommandWire.encode(port.allocator(), command, data));
        } finally {
            data.release();
        }
    }

    /** Our properties, for a box. */
    static byte[] properties(ZmtpLocalEnd local, SocketType type) {
        ByteBuf data = Unpooled.buffer();
        MetadataWire.write(local.announce(type), data);
        return ByteBufUtil.getBytes(data);
    }

    /** Our type at an end that has to say it before it knows the peer's. */
    static SocketType typeToBeginWith(ZmtpLocalEnd local) {
        return local.sockets()
                .fixedType()
                .orElseThrow(() -> new IllegalArgumentException("a client needs a fixed socket type"));
    }
}
