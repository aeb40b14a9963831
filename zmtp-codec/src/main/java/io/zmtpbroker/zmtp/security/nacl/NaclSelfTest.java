package io.zmtpbroker.zmtp.security.nacl;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;

/** The example of "Cryptography in NaCl", which a native library must pass before it is trusted. */
final class NaclSelfTest {
    private static final byte[] ALICES_SECRET =
            octets("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    private static final byte[] ALICES_KEY = octets("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    private static final byte[] BOBS_SECRET =
            octets("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    private static final byte[] BOBS_KEY = octets("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    private static final byte[] NONCE = octets("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
    private static final byte[] TEXT = octets("be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffc"
            + "e5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31"
            + "0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde"
            + "048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864"
            + "5e0705");
    private static final byte[] SEALED = octets("f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce"
            + "48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972"
            + "71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae"
            + "90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3"
            + "7973f622a43d14a6599b1f654cb45a74e355a5");

    private NaclSelfTest() {}

    /** Whether public keys, boxes in both directions and the refusal of a changed box are as they must be. */
    static boolean passes(Nacl nacl) {
        if (!Arrays.equals(nacl.publicKey(ALICES_SECRET), ALICES_KEY)
                || !Arrays.equals(nacl.publicKey(BOBS_SECRET), BOBS_KEY)
                || nacl.box(new byte[Nacl.KEY_LENGTH], BOBS_SECRET).isPresent()) {
            return false;
        }
        try (NaclBox alice = nacl.box(BOBS_KEY, ALICES_SECRET).orElseThrow();
                NaclBox bob = nacl.box(ALICES_KEY, BOBS_SECRET).orElseThrow()) {
            return passes(alice, bob);
        }
    }

    private static boolean passes(NaclBox alice, NaclBox bob) {
        int boxIndex = NaclBox.HEADROOM;
        int textIndex = boxIndex + NaclBox.OVERHEAD;
        ByteBuf sealed = Unpooled.directBuffer(textIndex + TEXT.length);
        ByteBuf opened = Unpooled.directBuffer(NaclBox.HEADROOM + TEXT.length);
        try {
            sealed.writeBytes(ALICES_KEY).writeZero(NaclBox.OVERHEAD).writeBytes(TEXT);
            alice.seal(NONCE, sealed, boxIndex, TEXT.length);
            opened.writeBytes(BOBS_KEY);
            boolean genuine = bob.open(NONCE, sealed, boxIndex, SEALED.length, opened);
            boolean same = holds(sealed, 0, ALICES_KEY)
                    && holds(sealed, boxIndex, SEALED)
                    && holds(opened, 0, BOBS_KEY)
                    && holds(opened, NaclBox.HEADROOM, TEXT);
            sealed.setByte(textIndex, sealed.getByte(textIndex) ^ 1);
            return genuine && same && !bob.open(NONCE, sealed, boxIndex, SEALED.length, opened);
        } finally {
            sealed.release();
            opened.release();
        }
    }

    private static boolean holds(ByteBuf buffer, int index, byte[] expected) {
        return buffer.slice(index, expected.length).equals(Unpooled.wrappedBuffer(expected));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
