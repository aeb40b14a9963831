package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.security.nacl.Nacl;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * The mechanisms that an endpoint may have. Which end is the server is said here and has nothing to do with who connects to
 * whom; the server is the end that judges the other.
 */
public final class ZmtpMechanisms {
    private ZmtpMechanisms() {}

    /**
     * NULL, with nobody asked: everybody gets in, and everything can be read on its way.
     *
     * @return for either end
     */
    public static ZmtpMechanismFactory anonymous() {
        return NullMechanism::new;
    }

    /**
     * NULL, with nobody asked, and peers of ZMTP 2.0 (15/ZMTP: libzmq 3.x, NetMQ before 4.0.1), which know no mechanisms. No
     * other mechanism can admit them: whoever speaks 2.0 shows no credentials.
     *
     * @return for either end
     */
    public static ZmtpMechanismFactory anonymousOrZmtp20() {
        return local -> new NullMechanism(local, true);
    }

    /**
     * NULL, with somebody asked about the peer's address.
     *
     * @param authenticator is asked
     * @return for either end
     */
    public static ZmtpMechanismFactory anonymous(ZmtpAuthenticator authenticator) {
        return local -> new NullMechanism(local, authenticator);
    }

    /**
     * The server of PLAIN (24/PLAIN). Passwords come in clear: for networks where nobody listens.
     *
     * @param authenticator is asked about user and password
     * @return for either end
     */
    public static ZmtpMechanismFactory plainServer(ZmtpAuthenticator authenticator) {
        Objects.requireNonNull(authenticator, "PLAIN without an authenticator");
        return local -> new PlainServer(local, authenticator);
    }

    /**
     * The client of PLAIN.
     *
     * @param user up to 255 octets in UTF-8
     * @param password up to 255 octets in UTF-8; kept as long as the factory
     * @return for an end whose socket type is fixed
     * @throws IllegalArgumentException if either is too long
     */
    public static ZmtpMechanismFactory plainClient(String user, String password) {
        byte[] userOctets = PlainCommands.checkedLength("user", user.getBytes(StandardCharsets.UTF_8));
        byte[] passwordOctets = PlainCommands.checkedLength("password", password.getBytes(StandardCharsets.UTF_8));
        return new ClientFactory(local -> new PlainClient(local, userOctets, passwordOctets));
    }

    /**
     * The server of CURVE (26/CURVEZMQ).
     *
     * @param keys our long-term keys; clients must know the public one
     * @param authenticator is asked about the client's key, when the client has shown that it has it; {@link
     *     ZmtpAuthenticator#anyCurveKey()} lets everybody in
     * @return for either end
     */
    public static ZmtpMechanismFactory curveServer(CurveKeyPair keys, ZmtpAuthenticator authenticator) {
        return curveServer(keys, authenticator, defaultCrypto());
    }

    /**
     * The client of CURVE.
     *
     * @param keys our long-term keys; the server may know the public one
     * @param serverKey the server's long-term public key: a server that does not have its secret half is not talked to
     * @return for an end whose socket type is fixed
     * @throws IllegalArgumentException if the server's key is one whose secret everybody knows
     */
    public static ZmtpMechanismFactory curveClient(CurveKeyPair keys, CurvePublicKey serverKey) {
        return curveClient(keys, serverKey, defaultCrypto());
    }

    static ZmtpMechanismFactory curveServer(CurveKeyPair keys, ZmtpAuthenticator authenticator, CurveCrypto crypto) {
        Objects.requireNonNull(authenticator, "CURVE without an authenticator; anyCurveKey() lets everybody in");
        return local -> new CurveServer(local, keys, authenticator, crypto);
    }

    static ZmtpMechanismFactory curveClient(CurveKeyPair keys, CurvePublicKey serverKey, CurveCrypto crypto) {
        crypto.nacl()
                .box(serverKey.bytes(), keys.secretOctets())
                .orElseThrow(() -> new IllegalArgumentException("server key that everybody knows the secret of"))
                .close();
        return new ClientFactory(local -> new CurveClient(local, keys, serverKey, crypto));
    }

    private static CurveCrypto defaultCrypto() {
        return new CurveCrypto(Nacl.preferred(), new SecureRandom());
    }

    /** A client says what it is before it knows what the server is. */
    private record ClientFactory(ZmtpMechanismFactory factory) implements ZmtpMechanismFactory {
        @Override
        public ZmtpMechanism create(ZmtpLocalEnd local) {
            return factory.create(local);
        }

        @Override
        public void check(ZmtpLocalEnd local) {
            Admission.typeToBeginWith(local);
        }
    }
}
