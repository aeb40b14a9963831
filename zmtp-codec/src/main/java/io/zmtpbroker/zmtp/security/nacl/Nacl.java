package io.zmtpbroker.zmtp.security.nacl;

import java.util.Optional;

/** Makes the boxes of NaCl. Keys are 32 octets. May be used by several threads at once. */
public interface Nacl {
    /** The length of every key, in octets. */
    int KEY_LENGTH = 32;

    /**
     * The implementation that is always there: Bouncy Castle, in Java.
     *
     * @return the one instance
     */
    static Nacl bouncyCastle() {
        return BouncyCastleNacl.INSTANCE;
    }

    /**
     * The public key of a secret one.
     *
     * @param secretKey 32 octets, only read
     * @return 32 octets
     */
    byte[] publicKey(byte[] secretKey);

    /**
     * A box between two pairs of keys; the two ends have the same one ({@code crypto_box_beforenm}).
     *
     * @param publicKey the other end's, 32 octets, only read
     * @param secretKey ours, 32 octets, only read
     * @return a box that the caller closes; empty when the public key is one of the few whose secret everybody knows
     */
    Optional<NaclBox> box(byte[] publicKey, byte[] secretKey);

    /**
     * A box with a key of its own ({@code crypto_secretbox}).
     *
     * @param key 32 octets, only read
     * @return a box that the caller closes
     */
    NaclBox secretBox(byte[] key);
}
