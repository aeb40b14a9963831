package io.zmtpbroker.zmtp.security.nacl;

import java.util.Optional;

/** Makes the boxes of NaCl. Keys are 32 octets. May be used by several threads at once. */
public interface Nacl {
    /** The length of every key, in octets. */
    int KEY_LENGTH = 32;

    /**
     * The system property that says which implementation is preferred: {@code libsodium}, {@code bouncy-castle}, or {@code
     * auto}, the default: libsodium where it can be had.
     */
    String PROPERTY = "io.zmtpbroker.zmtp.nacl";

    /**
     * The implementation that is always there: Bouncy Castle, in Java.
     *
     * @return the one instance
     */
    static Nacl bouncyCastle() {
        return BouncyCastleNacl.INSTANCE;
    }

    /**
     * The implementation that CURVE uses. The first call looks for libsodium and tries it, which takes a fraction of a second.
     *
     * @return always the same instance
     * @throws IllegalStateException if {@link #PROPERTY} demands libsodium and that is not to be had, or means nothing
     */
    static Nacl preferred() {
        return NaclChoice.preferred().nacl();
    }

    /**
     * Says which implementation is preferred and, where it is not libsodium, why.
     *
     * @return one line, for a log
     * @throws IllegalStateException as {@link #preferred()}
     */
    static String describePreferred() {
        return NaclChoice.preferred().description();
    }

    /**
     * What this is.
     *
     * @return the library's name, and its version where that is known
     */
    String name();

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
