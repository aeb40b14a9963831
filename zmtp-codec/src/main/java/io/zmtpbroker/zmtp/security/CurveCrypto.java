package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.BAD_BOX;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import java.security.SecureRandom;

/** The boxes of a CURVE handshake, which are small and few: here they are arrays. */
record CurveCrypto(Nacl nacl, SecureRandom random) {
    /** Octets that nobody can guess. */
    byte[] randomOctets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    /** A box between a peer's key and ours. */
    NaclBox agree(byte[] publicKey, byte[] secretKey) {
        return nacl.box(publicKey, secretKey)
                .orElseThrow(() -> new ZmtpProtocolException(BAD_BOX, "public key that everybody knows the secret of"));
    }

    /** Seals a text. */
    static byte[] seal(NaclBox box, byte[] nonce, byte[] text) {
        byte[] sealed = new byte[NaclBox.OVERHEAD + text.length];
        System.arraycopy(text, 0, sealed, NaclBox.OVERHEAD, text.length);
        box.seal(nonce, Unpooled.wrappedBuffer(sealed), 0, text.length);
        return sealed;
    }

    /** Opens a box that must be genuine; {@code what} is for the message of the violation. */
    static byte[] open(NaclBox box, byte[] nonce, byte[] sealed, String what) {
        byte[] text = new byte[Math.max(0, sealed.length - NaclBox.OVERHEAD)];
        ByteBuf out = Unpooled.wrappedBuffer(text).clear();
        if (!box.open(nonce, Unpooled.wrappedBuffer(sealed), 0, sealed.length, out)) {
            throw new ZmtpProtocolException(BAD_BOX, what + " does not open");
        }
        return text;
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new ZmtpProtocolException(BAD_BOX, message);
        }
    }

    /** The octets that come next. */
    static byte[] read(ByteBuf in, int count) {
        byte[] octets = new byte[count];
        in.readBytes(octets);
        return octets;
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
