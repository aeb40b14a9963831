package io.zmtpbroker.zmtp.security.nacl;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** NaCl by Bouncy Castle. */
final class BouncyCastleNacl implements Nacl {
    static final Nacl INSTANCE = new BouncyCastleNacl();

    private static final byte[] ZERO_NONCE = new byte[NaclBox.NONCE_LENGTH];

    private BouncyCastleNacl() {}

    @Override
    public String name() {
        return "Bouncy Castle";
    }

    @Override
    public byte[] publicKey(byte[] secretKey) {
        byte[] publicKey = new byte[KEY_LENGTH];
        X25519.scalarMultBase(Keys.checked(secretKey), 0, publicKey, 0);
        return publicKey;
    }

    @Override
    public Optional<NaclBox> box(byte[] publicKey, byte[] secretKey) {
        byte[] shared = new byte[KEY_LENGTH];
        try {
            if (!X25519.calculateAgreement(Keys.checked(secretKey), 0, Keys.checked(publicKey), 0, shared, 0)) {
                return Optional.empty();
            }
            // crypto_box_beforenm hashes the shared secret by HSalsa20 with a nonce of zeros.
            byte[] key = XSalsa20Stream.derivedKey(shared, ZERO_NONCE);
            return Optional.of(new BouncyCastleBox(key));
        } finally {
            Arrays.fill(shared, (byte) 0);
        }
    }

    @Override
    public NaclBox secretBox(byte[] key) {
        return new BouncyCastleBox(Keys.checked(key).clone());
    }
}
