package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The proof that a client's long-term key stands behind its short-term one, for this server: a box of both keys between the
 * client's long-term key and the server's short-term one (26/CURVEZMQ, "The INITIATE Command").
 */
final class CurveVouch {
    private static final String NAME = "vouch";

    private CurveVouch() {}

    /** Makes a vouch for {@code shortTermKey}: its 16 octets of nonce and its box. */
    static byte[] make(CurveCrypto crypto, NaclBox longToShort, byte[] shortTermKey, CurvePublicKey serverKey) {
        byte[] nonce = crypto.randomOctets(CurveLayout.LONG_NONCE_LENGTH);
        byte[] text = CurveCrypto.join(shortTermKey, serverKey.bytes());
        return CurveCrypto.join(nonce, CurveCrypto.seal(longToShort, CurveNonce.of(CurveNonce.VOUCH, nonce), text));
    }

    /**
     * Checks a vouch.
     *
     * @param vouch nonce and box
     * @throws io.zmtpbroker.zmtp.ZmtpProtocolException with {@code BAD_BOX} if it does not open, or is for another key or
     *     another server
     */
    static void check(NaclBox longToShort, byte[] vouch, byte[] shortTermKey, CurvePublicKey serverKey) {
        byte[] nonce = Arrays.copyOf(vouch, CurveLayout.LONG_NONCE_LENGTH);
        byte[] sealed = Arrays.copyOfRange(vouch, CurveLayout.LONG_NONCE_LENGTH, vouch.length);
        byte[] text = CurveCrypto.open(longToShort, CurveNonce.of(CurveNonce.VOUCH, nonce), sealed, NAME);
        byte[] vouchedKey = Arrays.copyOf(text, CurveLayout.KEY_LENGTH);
        byte[] vouchedServer = Arrays.copyOfRange(text, CurveLayout.KEY_LENGTH, text.length);
        CurveCrypto.require(MessageDigest.isEqual(vouchedKey, shortTermKey), "vouch for another short-term key");
        CurveCrypto.require(MessageDigest.isEqual(vouchedServer, serverKey.bytes()), "vouch for another server");
    }
}
