package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status.AUTHENTICATION_FAILURE;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.MetadataWire;
import org.jspecify.annotations.Nullable;

/** The exchange of properties, as far as it is the same in all mechanisms. */
final class Admission {
    private static final String INVALID_SOCKET_TYPE = "Invalid socket type";
    private static final String ROUTING_ID_IN_USE = "Routing id in use";

    /** Libraries tell their applications of the three digits of an authenticator alone. */
    private static final String NOT_WITH_THESE_CREDENTIALS = Integer.toString(AUTHENTICATION_FAILURE.code());

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
            String reason = reasonFor(e);
            if (reason != null) {
                port.send(CommandWire.encodeError(port.allocator(), reason));
            }
            throw e;
        }
    }

    /** Null for what is closed without a word. */
    private static @Nullable String reasonFor(ZmtpProtocolException refusal) {
        return switch (refusal.violation()) {
            case SOCKET_TYPE -> INVALID_SOCKET_TYPE;
            case NOT_PERMITTED -> NOT_WITH_THESE_CREDENTIALS;
            case ROUTING_ID_TAKEN -> ROUTING_ID_IN_USE;
            default -> null;
        };
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
