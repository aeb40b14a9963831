package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.PEER_ERROR;
import static io.zmtpbroker.zmtp.ZmtpViolation.ROUTING_ID_TAKEN;
import static io.zmtpbroker.zmtp.ZmtpViolation.SOCKET_TYPE;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNEXPECTED_COMMAND;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.MetadataWire;

/**
 * NULL: no authentication, no confidentiality; each end sends READY once (37/ZMTP, "The NULL Security Mechanism"). The
 * connecting end sends it first. The accepting end waits for the peer's, so that it can choose its own socket type, and
 * because libzmq takes anything that follows our READY before its own has gone out for a second handshake command.
 */
public final class NullMechanism implements ZmtpMechanism {
    /** The name in the greeting. */
    public static final String NAME = "NULL";

    private static final String INVALID_SOCKET_TYPE = "Invalid socket type";
    private static final String ROUTING_ID_IN_USE = "Routing id in use";

    private final ZmtpLocalEnd local;
    private int peerMinorVersion;

    /**
     * NULL for one connection.
     *
     * @param local what we are
     */
    public NullMechanism(ZmtpLocalEnd local) {
        this.local = local;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean asServer() {
        return false;
    }

    @Override
    public void onGreeting(int minorVersion, ZmtpMechanismPort port) {
        peerMinorVersion = minorVersion;
        if (local.role() == ZmtpRole.CONNECTING) {
            sendReady(local.sockets().fixedType().orElseThrow(), port);
        }
    }

    @Override
    public void onCommand(ByteBuf body, ZmtpMechanismPort port) {
        String name = CommandWire.readName(body);
        switch (name) {
            case CommandWire.READY -> onReady(body, port);
            case CommandWire.ERROR ->
                throw new ZmtpProtocolException(PEER_ERROR, "the peer refused: " + CommandWire.readReason(body));
            default ->
                throw new ZmtpProtocolException(
                        UNEXPECTED_COMMAND, "command other than READY or ERROR in a NULL handshake");
        }
    }

    private void onReady(ByteBuf data, ZmtpMechanismPort port) {
        ZmtpPeer peer = admit(data, port);
        if (local.role() == ZmtpRole.ACCEPTING) {
            sendReady(peer.localType(), port);
        }
        port.complete(peer);
    }

    private ZmtpPeer admit(ByteBuf data, ZmtpMechanismPort port) {
        try {
            return local.admit(peerMinorVersion, MetadataWire.read(data));
        } catch (ZmtpProtocolException e) {
            // An end that has sent READY may not send ERROR; its READY has told the peer what it needs to know.
            if (local.role() == ZmtpRole.ACCEPTING) {
                explain(e.violation(), port);
            }
            throw e;
        }
    }

    /** Sends ERROR for what only a human can repair: it makes libzmq give up for good. */
    private static void explain(ZmtpViolation violation, ZmtpMechanismPort port) {
        if (violation == SOCKET_TYPE) {
            port.send(CommandWire.encodeError(port.allocator(), INVALID_SOCKET_TYPE));
        } else if (violation == ROUTING_ID_TAKEN) {
            port.send(CommandWire.encodeError(port.allocator(), ROUTING_ID_IN_USE));
        }
    }

    private void sendReady(SocketType type, ZmtpMechanismPort port) {
        ByteBuf data = port.allocator().buffer();
        try {
            MetadataWire.write(local.announce(type), data);
            port.send(CommandWire.encode(port.allocator(), CommandWire.READY, data));
        } finally {
            data.release();
        }
    }
}
