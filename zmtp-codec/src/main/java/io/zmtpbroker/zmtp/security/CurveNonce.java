package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The nonces of 26/CURVEZMQ: a prefix that says what is in the box, then either a number of 8 octets that counts up, or 16
 * octets by chance.
 */
final class CurveNonce {
    static final String HELLO = "CurveZMQHELLO---";
    static final String INITIATE = "CurveZMQINITIATE";
    static final String READY = "CurveZMQREADY---";
    static final String CLIENT_MESSAGE = "CurveZMQMESSAGEC";
    static final String SERVER_MESSAGE = "CurveZMQMESSAGES";
    static final String WELCOME = "WELCOME-";
    static final String COOKIE = "COOKIE--";
    static final String VOUCH = "VOUCH---";

    private static final int COUNTER_INDEX = 16;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private CurveNonce() {}

    /** A nonce that counts; {@code prefix} has 16 characters. */
    static byte[] of(String prefix, long counter) {
        byte[] nonce = of(prefix, new byte[Long.BYTES]);
        setCounter(nonce, counter);
        return nonce;
    }

    /** A nonce of a prefix and the octets that fill it up. */
    static byte[] of(String prefix, byte[] rest) {
        byte[] nonce = new byte[NaclBox.NONCE_LENGTH];
        byte[] start = prefix.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, nonce, 0, start.length);
        System.arraycopy(rest, 0, nonce, start.length, rest.length);
        return nonce;
    }

    /** Sets the last 8 octets. */
    static void setCounter(byte[] nonce, long counter) {
        LONGS.set(nonce, COUNTER_INDEX, counter);
    }
}
