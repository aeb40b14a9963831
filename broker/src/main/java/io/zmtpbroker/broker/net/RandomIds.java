package io.zmtpbroker.broker.net;

import io.zmtpbroker.broker.dispatch.IdSource;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Request ids that cannot be guessed from other ids: the key stream of AES-128 in counter mode (NIST SP 800-38A) under a
 * random key, made a few KiB at a time. Per id this costs a few nanoseconds; asking {@link SecureRandom} each time costs more
 * than the rest of a dispatch. Not thread-safe.
 */
final class RandomIds implements IdSource {

    private static final int BLOCK_OCTETS = 4096;
    private static final int KEY_OCTETS = 16;

    private final Cipher cipher;
    private final byte[] zeros = new byte[BLOCK_OCTETS];
    private final byte[] block = new byte[BLOCK_OCTETS];
    private final ByteBuffer ids = ByteBuffer.wrap(block).limit(0);

    RandomIds(SecureRandom random) {
        byte[] key = new byte[KEY_OCTETS];
        byte[] counter = new byte[KEY_OCTETS];
        random.nextBytes(key);
        random.nextBytes(counter);
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    @Override
    public long next64() {
        if (!ids.hasRemaining()) {
            refill();
        }
        return ids.getLong();
    }

    private void refill() {
        try {
            int written = cipher.update(zeros, 0, BLOCK_OCTETS, block);
            assert written == BLOCK_OCTETS;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a block of the right size was refused", e);
        }
        ids.clear();
    }
}
