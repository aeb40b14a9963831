package io.zmtpbroker.zmtp.security.nacl;

import java.lang.ref.Reference;
import java.util.Optional;

/** NaCl by libsodium. What is secret lies outside the heap, in memory of its own, and is erased there. */
final class LibsodiumNacl implements Nacl {
    private final String name;

    /** To be made once libsodium is bound. */
    LibsodiumNacl() {
        name = "libsodium " + Libsodium.sodium_version_string();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] publicKey(byte[] secretKey) {
        try (NativeOctets keys = new NativeOctets(2 * KEY_LENGTH)) {
            keys.put(0, Keys.checked(secretKey));
            Libsodium.crypto_scalarmult_base(keys.address(KEY_LENGTH), keys.address(0));
            return keys.get(KEY_LENGTH, KEY_LENGTH);
        }
    }

    @Override
    public Optional<NaclBox> box(byte[] publicKey, byte[] secretKey) {
        LibsodiumBox box = new LibsodiumBox();
        try (NativeOctets keys = new NativeOctets(2 * KEY_LENGTH)) {
            keys.put(0, Keys.checked(publicKey));
            keys.put(KEY_LENGTH, Keys.checked(secretKey));
            boolean agreed =
                    Libsodium.crypto_box_beforenm(box.keyAddress(), keys.address(0), keys.address(KEY_LENGTH)) == 0;
            return agreed ? Optional.of(box) : Optional.empty();
        } finally {
            Reference.reachabilityFence(box);
        }
    }

    @Override
    public NaclBox secretBox(byte[] key) {
        LibsodiumBox box = new LibsodiumBox();
        box.setKey(Keys.checked(key));
        return box;
    }
}
