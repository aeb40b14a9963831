package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.UNEXPECTED_COMMAND;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.MetadataWire;
import org.jspecify.annotations.Nullable;

/**
 * NULL: no confidentiality, no credentials; each end sends READY once (37/ZMTP, "The NULL Security Mechanism"). The
 * connecting end sends it first. The accepting end waits for the peer's, so that it can choose its own socket type, and
 * because libzmq takes anything that follows our READY before its own has gone out for a second handshake command.
 *
 * <p>An authenticator, where there is one, is asked before our READY goes out, for from then on messages may come.
 */
public final class NullMechanism implements ZmtpMechanism {
    /** The name in the greeting. */
    public static final String NAME = "NULL";

    private final ZmtpLocalEnd local;
    private final @Nullable Authentication authentication;
    private final boolean admitsZmtp20;
    private int peerMinorVersion;
    private ZmtpUser user = ZmtpUser.ANONYMOUS;

    /**
     * NULL for one connection, with nobody asked.
     *
     * @param local what we are
     */
    public NullMechanism(ZmtpLocalEnd local) {
        this(local, false);
    }

    /**
     * NULL for one connection, with nobody asked.
     *
     * @param local what we are
     * @param admitsZmtp20 whether the peer may speak ZMTP 2.0 instead; never where an authenticator is asked
     */
    NullMechanism(ZmtpLocalEnd local, boolean admitsZmtp20) {
        this.local = local;
        this.admitsZmtp20 = admitsZmtp20;
        authentication = null;
    }

    /**
     * NULL for one connection.
     *
     * @param local what we are
     * @param authenticator is asked about the peer's address and routing id; of the latter nothing is known at the end that
     *     connects
     */
    public NullMechanism(ZmtpLocalEnd local, ZmtpAuthenticator authenticator) {
        this.local = local;
        admitsZmtp20 = false;
        authentication = new Authentication(authenticator, local.role() == ZmtpRole.ACCEPTING);
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
    public boolean admitsZmtp20() {
        return admitsZmtp20;
    }

    @Override
    public void onGreeting(int minorVersion, ZmtpMechanismPort port) {
        peerMinorVersion = minorVersion;
        if (local.role() != ZmtpRole.CONNECTING) {
            return;
        }
        if (authentication == null) {
            sendFirstReady(port);
            return;
        }
        authentication.ask(RoutingId.EMPTY, new ZmtpCredentials.Anonymous(), port, found -> {
            user = found;
            sendFirstReady(port);
        });
    }

    @Override
    public void onCommand(ByteBuf body, ZmtpMechanismPort port) {
        String name = CommandWire.readName(body);
        switch (name) {
            case CommandWire.READY -> onReady(MetadataWire.read(body), port);
            case CommandWire.ERROR -> throw CommandWire.peerError(body);
            default ->
                throw new ZmtpProtocolException(
                        UNEXPECTED_COMMAND, "command other than READY or ERROR in a NULL handshake");
        }
    }

    private void onReady(Metadata metadata, ZmtpMechanismPort port) {
        if (local.role() == ZmtpRole.CONNECTING) {
            // An end that has sent READY may not send ERROR; its READY has told the peer what it needs to know.
            port.complete(local.admit(peerMinorVersion, metadata, user));
            return;
        }
        if (authentication == null) {
            answer(metadata, ZmtpUser.ANONYMOUS, port);
            return;
        }
        authentication.ask(
                ZmtpLocalEnd.routingIdOf(metadata),
                new ZmtpCredentials.Anonymous(),
                port,
                found -> answer(metadata, found, port));
    }

    private void answer(Metadata metadata, ZmtpUser found, ZmtpMechanismPort port) {
        ZmtpPeer peer = Admission.admit(local, peerMinorVersion, metadata, found, port);
        Admission.announce(local, peer.localType(), CommandWire.READY, port);
        port.complete(peer);
    }

    private void sendFirstReady(ZmtpMechanismPort port) {
        Admission.announce(local, Admission.typeToBeginWith(local), CommandWire.READY, port);
    }
}
