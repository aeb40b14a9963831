package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.security.nacl.Nacl;
import java.security.MessageDigest;
import java.util.Arrays;

/** A public key of CURVE: 32 octets, written in Z85 as 40 characters. */
public final class CurvePublicKey {
    /** The length of a key, in octets. */
    public static final int LENGTH = Nacl.KEY_LENGTH;

    /** The length of a key in Z85, in characters. */
    public static final int Z85_LENGTH = 40;

    private final byte[] octets;

    private CurvePublicKey(byte[] octets) {
        this.octets = octets;
    }

    /**
     * A key of the given octets.
     *
     * @param octets 32, copied
     * @return the key
     * @throws IllegalArgumentException if there are fewer or more
     */
    public static CurvePublicKey of(byte[] octets) {
        return new CurvePublicKey(checkedLength(octets).clone());
    }

    /**
     * A key as it is written.
     *
     * @param z85 40 characters (32/Z85)
     * @return the key
     * @throws IllegalArgumentException if there are fewer or more, or they are not Z85
     */
    public static CurvePublicKey ofZ85(CharSequence z85) {
        return new CurvePublicKey(decode(z85));
    }

    /**
     * The octets.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return octets.clone();
    }

    /**
     * The key as it is written.
     *
     * @return 40 characters of Z85
     */
    public String z85() {
        return Z85.encode(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CurvePublicKey that && MessageDigest.isEqual(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The same as {@link #z85()}. */
    @Override
    public String toString() {
        return z85();
    }

    static byte[] decode(CharSequence z85) {
        if (z85.length() != Z85_LENGTH) {
            throw new IllegalArgumentException("key of " + z85.length() + " characters, it must have " + Z85_LENGTH);
        }
        return Z85.decode(z85);
    }

    static byte[] checkedLength(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("key of " + octets.length + " octets, it must have " + LENGTH);
        }
        return octets;
    }
}
