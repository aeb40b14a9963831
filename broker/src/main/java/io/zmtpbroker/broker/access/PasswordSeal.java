package io.zmtpbroker.broker.access;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What passwords are remembered by while the process lives: HMAC-SHA-256 under a key that nobody else has and that is written
 * nowhere. It is fast, so a password that was right a moment ago is not hashed slowly again.
 */
final class PasswordSeal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_OCTETS = 32;

    private final SecretKeySpec key;

    PasswordSeal(SecureRandom random) {
        byte[] octets = new byte[KEY_OCTETS];
        random.nextBytes(octets);
        key = new SecretKeySpec(octets, ALGORITHM);
    }

    /** The same octets for the same name and password, and only for these. */
    byte[] seal(byte[] name, byte[] password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((byte) name.length); // 255 at most; where the name ends
            mac.update(name);
            return mac.doFinal(password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
