package io.zmtpbroker.zmtp.handler;

import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;

/** A mechanism with which a user shows who it is: both of its roles. */
enum Secured {
    PLAIN("alice") {
        @Override
        ZmtpMechanismFactory server(ZmtpAuthenticator authenticator) {
            return ZmtpMechanisms.plainServer(authenticator);
        }

        @Override
        ZmtpMechanismFactory client() {
            return ZmtpMechanisms.plainClient("alice", "secret");
        }
    },
    CURVE("alice") {
        @Override
        ZmtpMechanismFactory server(ZmtpAuthenticator authenticator) {
            return ZmtpMechanisms.curveServer(SERVER, authenticator);
        }

        @Override
        ZmtpMechanismFactory client() {
            return ZmtpMechanisms.curveClient(CLIENT, SERVER.publicKey());
        }
    };

    private static final CurveKeyPair SERVER = CurveKeyPair.generate();
    private static final CurveKeyPair CLIENT = CurveKeyPair.generate();

    final String user;

    Secured(String user) {
        this.user = user;
    }

    abstract ZmtpMechanismFactory server(ZmtpAuthenticator authenticator);

    abstract ZmtpMechanismFactory client();

    /** An end of a type, with one of the roles. */
    static ZmtpOptions options(SocketType type, ZmtpMechanismFactory mechanism) {
        return ZmtpOptions.builder(type).mechanism(mechanism).build();
    }
}
