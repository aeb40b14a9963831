package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.MetadataWire;

/** The client of PLAIN (24/PLAIN): HELLO, WELCOME, INITIATE, READY. The user and the password go out in clear. */
final class PlainClient implements ZmtpMechanism {
    private final ZmtpLocalEnd local;
    private final byte[] user;
    private final byte[] password;
    private boolean welcome;
    private int peerMinorVersion;

    /** The arrays are the endpoint's, and only read. */
    PlainClient(ZmtpLocalEnd local, byte[] user, byte[] password) {
        this.local = local;
        this.user = user;
        this.password = password;
    }

    @Override
    public String name() {
        return PlainCommands.MECHANISM;
    }

    @Override
    public boolean asServer() {
        return false;
    }

    @Override
    public void onGreeting(int minorVersion, ZmtpMechanismPort port) {
        peerMinorVersion = minorVersion;
        PlainCommands.sendHello(user, password, port);
    }

    @Override
    public void onCommand(ByteBuf body, ZmtpMechanismPort port) {
        if (welcome) {
            PlainCommands.expectFromServer(CommandWire.READY, body);
            port.complete(local.admit(peerMinorVersion, MetadataWire.read(body)));
            return;
        }
        PlainCommands.expectFromServer(PlainCommands.WELCOME, body);
        if (body.isReadable()) {
            throw new ZmtpProtocolException(MALFORMED_COMMAND, "WELCOME with data");
        }
        welcome = true;
        Admission.announce(local, Admission.typeToBeginWith(local), PlainCommands.INITIATE, port);
    }
}
