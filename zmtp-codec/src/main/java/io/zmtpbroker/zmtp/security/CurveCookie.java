package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import java.util.Arrays;

/**
 * The cookie that a server gives away in WELCOME and gets back in INITIATE (26/CURVEZMQ, "The WELCOME Command"): the
 * client's short-term key and our own secret one, which we forget meanwhile. Its key is made for one connection and erased
 * when the cookie comes back, so no cookie is good for another connection, or twice.
 */
final class CurveCookie {
    private static final String NAME = "cookie";

    private final NaclBox box;

    CurveCookie(CurveCrypto crypto) {
        byte[] key = crypto.randomOctets(CurveLayout.KEY_LENGTH);
        box = crypto.nacl().secretBox(key);
        Arrays.fill(key, (byte) 0);
    }

    /** The cookie's 96 octets. */
    byte[] seal(CurveCrypto crypto, byte[] clientKey, byte[] secretKey) {
        byte[] nonce = crypto.randomOctets(CurveLayout.LONG_NONCE_LENGTH);
        byte[] text = CurveCrypto.join(clientKey, secretKey);
        byte[] sealed = CurveCrypto.seal(box, CurveNonce.of(CurveNonce.COOKIE, nonce), text);
        Arrays.fill(text, (byte) 0);
        return CurveCrypto.join(nonce, sealed);
    }

    /** What is in a cookie: the client's short-term key, then our secret one, which the caller erases. */
    byte[] open(byte[] cookie) {
        byte[] nonce = Arrays.copyOf(cookie, CurveLayout.LONG_NONCE_LENGTH);
        byte[] sealed = Arrays.copyOfRange(cookie, CurveLayout.LONG_NONCE_LENGTH, cookie.length);
        return CurveCrypto.open(box, CurveNonce.of(CurveNonce.COOKIE, nonce), sealed, NAME);
    }

    void close() {
        box.close();
    }
}
