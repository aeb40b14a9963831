package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.UNEXPECTED_COMMAND;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.MetadataWire;
import java.util.Arrays;

/** The server of PLAIN (24/PLAIN): HELLO, the question, WELCOME, INITIATE, READY, in this order and no other. */
final class PlainServer implements ZmtpMechanism {
    private enum State {
        /** HELLO is due. */
        HELLO,
        /** INITIATE is due: the user has been let in. */
        INITIATE,
        /** Nothing is due: an answer is awaited, or READY has been sent. */
        NOTHING
    }

    private final ZmtpLocalEnd local;
    private final Authentication authentication;
    private State due = State.HELLO;
    private int peerMinorVersion;
    private ZmtpUser user = ZmtpUser.ANONYMOUS;
    private byte[] password = {};

    PlainServer(ZmtpLocalEnd local, ZmtpAuthenticator authenticator) {
        this.local = local;
        authentication = new Authentication(authenticator, true);
    }

    @Override
    public String name() {
        return PlainCommands.MECHANISM;
    }

    @Override
    public boolean asServer() {
        return true;
    }

    @Override
    public void onGreeting(int minorVersion, ZmtpMechanismPort port) {
        peerMinorVersion = minorVersion;
    }

    @Override
    public void onCommand(ByteBuf body, ZmtpMechanismPort port) {
        switch (due) {
            case HELLO -> onHello(body, port);
            case INITIATE -> onInitiate(body, port);
            case NOTHING ->
                throw new ZmtpProtocolException(UNEXPECTED_COMMAND, "command while none is due in a PLAIN handshake");
        }
    }

    @Override
    public void close() {
        Arrays.fill(password, (byte) 0);
    }

    private void onHello(ByteBuf body, ZmtpMechanismPort port) {
        PlainCommands.expect(PlainCommands.HELLO, body);
        ZmtpCredentials.Plain credentials = PlainCommands.readHello(body);
        password = credentials.password();
        due = State.NOTHING;
        authentication.ask(RoutingId.EMPTY, credentials, port, found -> {
            close();
            user = found;
            due = State.INITIATE;
            port.send(CommandWire.encode(port.allocator(), PlainCommands.WELCOME, Unpooled.EMPTY_BUFFER));
        });
    }

    private void onInitiate(ByteBuf body, ZmtpMechanismPort port) {
        PlainCommands.expect(PlainCommands.INITIATE, body);
        ZmtpPeer peer = Admission.admit(local, peerMinorVersion, MetadataWire.read(body), user, port);
        due = State.NOTHING;
        Admission.announce(local, peer.localType(), CommandWire.READY, port);
        port.complete(peer);
    }
}
