package io.zmtpbroker.zmtp.security.nacl;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;

/** XSalsa20 and Poly1305 of Bouncy Castle put together as NaCl does it ("Cryptography in NaCl", section 9). */
final class BouncyCastleBox implements NaclBox {
    /** Octets are worked on in pieces of this length, in an array, as they may lie outside the heap. */
    private static final int CHUNK_LENGTH = 2048;

    private final byte[] key;
    private final XSalsa20Stream sealing = new XSalsa20Stream();
    private final XSalsa20Stream opening = new XSalsa20Stream();
    private final Poly1305 mac = new Poly1305();
    private final byte[] chunk = new byte[CHUNK_LENGTH];
    private final byte[] tag = new byte[OVERHEAD];
    private final byte[] expectedTag = new byte[OVERHEAD];
    private boolean closed;

    /** Takes over {@code key}. */
    BouncyCastleBox(byte[] key) {
        this.key = key;
    }

    @Override
    public void seal(byte[] nonce, ByteBuf buffer, int index, int length) {
        begin(sealing, nonce);
        int end = index + OVERHEAD + length;
        for (int at = index + OVERHEAD; at < end; at += CHUNK_LENGTH) {
            int count = Math.min(CHUNK_LENGTH, end - at);
            buffer.getBytes(at, chunk, 0, count);
            sealing.apply(chunk, 0, count);
            mac.update(chunk, 0, count);
            buffer.setBytes(at, chunk, 0, count);
        }
        mac.doFinal(tag, 0);
        buffer.setBytes(index, tag);
    }

    @Override
    public boolean open(byte[] nonce, ByteBuf in, int index, int length, ByteBuf out) {
        if (length < OVERHEAD) {
            return false;
        }
        begin(opening, nonce);
        if (!isGenuine(in, index, length)) {
            return false;
        }
        out.ensureWritable(length - OVERHEAD);
        int end = index + length;
        for (int at = index + OVERHEAD; at < end; at += CHUNK_LENGTH) {
            int count = Math.min(CHUNK_LENGTH, end - at);
            in.getBytes(at, chunk, 0, count);
            opening.apply(chunk, 0, count);
            out.writeBytes(chunk, 0, count);
        }
        return true;
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(key, (byte) 0);
        Arrays.fill(chunk, (byte) 0);
        sealing.erase();
        opening.erase();
        mac.init(new KeyParameter(new byte[Nacl.KEY_LENGTH]));
    }

    private void begin(XSalsa20Stream stream, byte[] nonce) {
        if (closed) {
            throw new IllegalStateException("the key has been erased");
        }
        stream.begin(key, nonce);
        mac.init(stream.macKey());
    }

    private boolean isGenuine(ByteBuf in, int index, int length) {
        in.getBytes(index, expectedTag);
        int end = index + length;
        for (int at = index + OVERHEAD; at < end; at += CHUNK_LENGTH) {
            int count = Math.min(CHUNK_LENGTH, end - at);
            in.getBytes(at, chunk, 0, count);
            mac.update(chunk, 0, count);
        }
        mac.doFinal(tag, 0);
        return MessageDigest.isEqual(tag, expectedTag);
    }
}
