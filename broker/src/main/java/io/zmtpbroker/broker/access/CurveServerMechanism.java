package io.zmtpbroker.broker.access;

import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpLocalEnd;
import io.zmtpbroker.zmtp.security.ZmtpMechanism;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import java.util.function.Supplier;

/** The server of CURVE with the keys that we have when a connection begins: they may change. Used on event loops. */
final class CurveServerMechanism implements ZmtpMechanismFactory {

    private final Supplier<CurveKeyPair> keys;
    private final ZmtpAuthenticator authenticator;
    private volatile Current current;

    private record Current(CurveKeyPair keys, ZmtpMechanismFactory factory) {}

    CurveServerMechanism(Supplier<CurveKeyPair> keys, ZmtpAuthenticator authenticator) {
        this.keys = keys;
        this.authenticator = authenticator;
        this.current = with(keys.get());
    }

    @Override
    public ZmtpMechanism create(ZmtpLocalEnd local) {
        CurveKeyPair now = keys.get();
        Current known = current;
        if (!known.keys().equals(now)) {
            known = with(now);
            current = known;
        }
        return known.factory().create(local);
    }

    private Current with(CurveKeyPair pair) {
        return new Current(pair, ZmtpMechanisms.curveServer(pair, authenticator));
    }
}
