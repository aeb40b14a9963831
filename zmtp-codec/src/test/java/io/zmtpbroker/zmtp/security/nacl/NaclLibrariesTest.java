package io.zmtpbroker.zmtp.security.nacl;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one library seals the other opens, and it is the same. */
@ExtendWith(LeakCheck.class)
class NaclLibrariesTest {
    private static final int MAX_LENGTH = 64 << 10;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreeOnKeysAndBoxes(long seed) {
        Nacl bouncyCastle = NaclLibrary.BOUNCY_CASTLE.nacl();
        Nacl libsodium = NaclLibrary.LIBSODIUM.nacl();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] mine = octets(random, 32);
        byte[] theirs = octets(random, 32);
        assertThat(libsodium.publicKey(mine)).isEqualTo(bouncyCastle.publicKey(mine));
        try (NaclBox here =
                        bouncyCastle.box(bouncyCastle.publicKey(theirs), mine).orElseThrow();
                NaclBox there = libsodium.box(libsodium.publicKey(mine), theirs).orElseThrow()) {
            for (int round = 0; round < 20; round++) {
                int length = round == 0 ? 0 : random.nextInt(1 + (MAX_LENGTH >> random.nextInt(12)));
                byte[] nonce = octets(random, NaclBox.NONCE_LENGTH);
                byte[] text = octets(random, length);
                opens(there, nonce, sealed(here, nonce, text), text);
                opens(here, nonce, sealed(there, nonce, text), text);
            }
        }
    }

    private static ByteBuf sealed(NaclBox box, byte[] nonce, byte[] text) {
        ByteBuf sealed = ByteBufAllocator.DEFAULT
                .directBuffer()
                .writeZero(NaclBox.HEADROOM)
                .writeBytes(text);
        box.seal(nonce, sealed.skipBytes(NaclBox.OVERHEAD), NaclBox.OVERHEAD, text.length);
        return sealed;
    }

    private static void opens(NaclBox box, byte[] nonce, ByteBuf sealed, byte[] text) {
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer().setIndex(NaclBox.HEADROOM, NaclBox.HEADROOM);
        assertThat(box.open(nonce, sealed, sealed.readerIndex(), sealed.readableBytes(), out))
                .isTrue();
        assertThat(Hex.of(out)).isEqualTo(Hex.of(text));
        sealed.release();
        out.release();
    }

    private static byte[] octets(SplittableRandom random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
