package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.security.nacl.Nacl;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** A public key of CURVE and its secret one. Neither {@code toString} nor an exception ever shows the secret. */
public final class CurveKeyPair {
    private static final Nacl NACL = Nacl.bouncyCastle();

    private final byte[] secretKey;
    private final CurvePublicKey publicKey;

    private CurveKeyPair(byte[] secretKey, CurvePublicKey publicKey) {
        this.secretKey = secretKey;
        this.publicKey = publicKey;
    }

    /**
     * A new pair.
     *
     * @return keys that nobody else has
     */
    public static CurveKeyPair generate() {
        return generate(new SecureRandom());
    }

    /**
     * A new pair.
     *
     * @param random where the secret comes from
     * @return keys that nobody else has
     */
    public static CurveKeyPair generate(SecureRandom random) {
        byte[] secretKey = new byte[CurvePublicKey.LENGTH];
        random.nextBytes(secretKey);
        return takingOver(secretKey);
    }

    /**
     * The pair of a secret key.
     *
     * @param secretKey 32 octets, copied
     * @return the pair
     * @throws IllegalArgumentException if there are fewer or more octets
     */
    public static CurveKeyPair ofSecretKey(byte[] secretKey) {
        return takingOver(CurvePublicKey.checkedLength(secretKey).clone());
    }

    /**
     * The pair of a secret key as it is written.
     *
     * @param secretKey 40 characters (32/Z85)
     * @return the pair
     * @throws IllegalArgumentException if there are fewer or more, or they are not Z85
     */
    public static CurveKeyPair ofZ85(CharSequence secretKey) {
        return takingOver(CurvePublicKey.decode(secretKey));
    }

    /**
     * A pair as it is written, both halves.
     *
     * @param publicKey 40 characters (32/Z85)
     * @param secretKey 40 characters
     * @return the pair
     * @throws IllegalArgumentException as {@link #ofZ85(CharSequence)}, and if the two are not of one pair
     */
    public static CurveKeyPair ofZ85(CharSequence publicKey, CharSequence secretKey) {
        CurveKeyPair pair = ofZ85(secretKey);
        if (!pair.publicKey.equals(CurvePublicKey.ofZ85(publicKey))) {
            throw new IllegalArgumentException("the public key is not that of the secret one");
        }
        return pair;
    }

    /**
     * The half that everybody may know.
     *
     * @return the public key
     */
    public CurvePublicKey publicKey() {
        return publicKey;
    }

    /**
     * The secret half, to be written to a file that only its owner can read.
     *
     * @return a copy, for the caller to erase
     */
    public byte[] secretKey() {
        return secretKey.clone();
    }

    /**
     * The secret half as it is written.
     *
     * @return 40 characters of Z85
     */
    public String secretKeyZ85() {
        return Z85.encode(secretKey);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CurveKeyPair that && MessageDigest.isEqual(secretKey, that.secretKey);
    }

    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    /** The public key alone. */
    @Override
    public String toString() {
        return "CurveKeyPair[" + publicKey + "]";
    }

    /** Not a copy: only to be read. */
    byte[] secretOctets() {
        return secretKey;
    }

    /** The pair of a secret key that is not copied. */
    static CurveKeyPair takingOver(byte[] secretKey) {
        return new CurveKeyPair(secretKey, CurvePublicKey.of(NACL.publicKey(secretKey)));
    }
}
