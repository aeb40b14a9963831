package io.zmtpbroker.interop;

import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.CurvePublicKey;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import java.util.Map;
import java.util.Objects;

/** Who a peer says it is: the options of all sockets that it opens. */
record PeerUser(Map<SocketOption, String> options) {
    static final PeerUser NOBODY = new PeerUser(Map.of());

    static PeerUser plain(String name, String password) {
        return new PeerUser(Map.of(SocketOption.PLAIN_USERNAME, name, SocketOption.PLAIN_PASSWORD, password));
    }

    static PeerUser curve(CurveKeyPair keys, CurvePublicKey broker) {
        return new PeerUser(Map.of(
                SocketOption.CURVE_PUBLIC_KEY,
                keys.publicKey().z85(),
                SocketOption.CURVE_SECRET_KEY,
                keys.secretKeyZ85(),
                SocketOption.CURVE_SERVER_KEY,
                broker.z85()));
    }

    /** The client of a mechanism that says so, for peers made of the codec. */
    ZmtpMechanismFactory mechanism() {
        String name = options.get(SocketOption.PLAIN_USERNAME);
        if (name != null) {
            return ZmtpMechanisms.plainClient(name, option(SocketOption.PLAIN_PASSWORD));
        }
        return ZmtpMechanisms.curveClient(
                CurveKeyPair.ofZ85(option(SocketOption.CURVE_SECRET_KEY)),
                CurvePublicKey.ofZ85(option(SocketOption.CURVE_SERVER_KEY)));
    }

    private String option(SocketOption option) {
        return Objects.requireNonNull(options.get(option), option::name);
    }

    /** Peers that all say so; closing these does not close the others. */
    Peers of(Peers peers) {
        return new Peers() {
            @Override
            public PeerSocket open(SocketSpec spec) {
                SocketSpec mine = spec;
                for (var option : options.entrySet()) {
                    mine = mine.with(option.getKey(), option.getValue());
                }
                return peers.open(mine);
            }

            @Override
            public void close() {}
        };
    }
}
