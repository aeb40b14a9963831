package io.zmtpbroker.zmtp.security.nacl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.util.Pack;

/**
 * Bouncy Castle's XSalsa20, used as NaCl uses it: the first 32 octets of the stream are the key of Poly1305, the rest is for
 * the text. The engine computes the stream; here is only what it does not offer: a new nonce with the same first 16 octets
 * without the hash that depends on those alone, an exclusive-or of more than an octet at a time, and erasure.
 */
final class XSalsa20Stream extends XSalsa20Engine {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int BLOCK_LENGTH = 64;
    private static final int MAC_KEY_LENGTH = 32;
    private static final int PREFIX_LENGTH = 16;

    private final byte[] block = new byte[BLOCK_LENGTH];
    private final byte[] prefix = new byte[PREFIX_LENGTH];

    /** Written anew for each nonce: it gives out its octets themselves, and a new one would be an allocation a message. */
    private final KeyParameter macKey = new KeyParameter(new byte[MAC_KEY_LENGTH]);

    private boolean keyed;
    private int used;

    /** HSalsa20 of a key and the first 16 octets of a nonce, which is the key that XSalsa20 goes on with. */
    static byte[] derivedKey(byte[] key, byte[] nonce) {
        XSalsa20Stream stream = new XSalsa20Stream();
        stream.initialise(key, nonce);
        byte[] derived = new byte[Nacl.KEY_LENGTH];
        Pack.intToLittleEndian(stream.engineState, 1, 4, derived, 0);
        Pack.intToLittleEndian(stream.engineState, 11, 4, derived, 16);
        stream.erase();
        return derived;
    }

    /** Begins the stream of a key, the same at each call, and a nonce. */
    void begin(byte[] key, byte[] nonce) {
        if (keyed && Arrays.equals(prefix, 0, PREFIX_LENGTH, nonce, 0, PREFIX_LENGTH)) {
            Pack.littleEndianToInt(nonce, PREFIX_LENGTH, engineState, 6, 2);
            resetCounter();
        } else {
            initialise(key, nonce);
            System.arraycopy(nonce, 0, prefix, 0, PREFIX_LENGTH);
            keyed = true;
        }
        nextBlock();
        System.arraycopy(block, 0, macKey.getKey(), 0, MAC_KEY_LENGTH);
        used = MAC_KEY_LENGTH;
    }

    /** The first 32 octets of the stream that has just begun; good until the next begins. */
    KeyParameter macKey() {
        return macKey;
    }

    /** Combines octets with those of the stream that come next. */
    void apply(byte[] octets, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (used == BLOCK_LENGTH) {
                if (end - at >= BLOCK_LENGTH) {
                    combineBlock(octets, at);
                    at += BLOCK_LENGTH;
                    continue;
                }
                nextBlock();
                used = 0;
            }
            int count = Math.min(BLOCK_LENGTH - used, end - at);
            combine(octets, at, count);
            used += count;
            at += count;
        }
    }

    void erase() {
        Arrays.fill(engineState, 0);
        reset(); // writes the engine's own block of the stream anew: that of a state of zeros is zeros
        Arrays.fill(x, 0);
        Arrays.fill(block, (byte) 0);
        Arrays.fill(macKey.getKey(), (byte) 0);
        keyed = false;
    }

    /** A whole block at once, out of the engine's own words. */
    private void combineBlock(byte[] octets, int at) {
        salsaCore(rounds, engineState, x);
        advanceCounter();
        for (int word = 0; word < x.length; word++) {
            int index = at + word * Integer.BYTES;
            INTS.set(octets, index, (int) INTS.get(octets, index) ^ x[word]);
        }
    }

    private void combine(byte[] octets, int at, int count) {
        int done = 0;
        for (; done + Long.BYTES <= count; done += Long.BYTES) {
            long text = (long) LONGS.get(octets, at + done);
            LONGS.set(octets, at + done, text ^ (long) LONGS.get(block, used + done));
        }
        for (; done < count; done++) {
            octets[at + done] ^= block[used + done];
        }
    }

    private void nextBlock() {
        generateKeyStream(block);
        advanceCounter();
    }

    private void initialise(byte[] key, byte[] nonce) {
        KeyParameter copy = new KeyParameter(key);
        init(true, new ParametersWithIV(copy, nonce));
        Arrays.fill(copy.getKey(), (byte) 0);
    }
}
