package io.zmtpbroker.zmtp.security.nacl;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of libsodium that we call, under their names there. Every {@code long} that is no length is the address of
 * memory outside the heap: nothing checks it, so callers check their buffers first. Nothing but this class and {@link
 * NativeOctets} needs JNA.
 */
@SuppressWarnings("MemberName") // JNA finds a function by its name
final class Libsodium {
    private Libsodium() {}

    /**
     * Binds the functions to a library.
     *
     * @throws LinkageError if the library or one of the functions is not there
     */
    static void bind(String library) {
        Native.register(Libsodium.class, NativeLibrary.getInstance(library));
    }

    /** Whether an address is a {@code long} here. */
    static boolean has64BitAddresses() {
        return Native.POINTER_SIZE == Long.BYTES;
    }

    /** Must be called first; negative when it fails. */
    static native int sodium_init();

    static native String sodium_version_string();

    static native void sodium_memzero(long octets, long length);

    static native int crypto_scalarmult_base(long publicKey, long secretKey);

    /** Not zero when the public key is one of small order. */
    static native int crypto_box_beforenm(long key, long publicKey, long secretKey);

    /** Text of which the first 32 octets are zero becomes, also in place, a box of which the first 16 are. */
    static native int crypto_secretbox(long sealed, long text, long length, long nonce, long key);

    /** The other way; of the box the first 16 octets are not looked at. Not zero, and nothing done, when it is not genuine. */
    static native int crypto_secretbox_open(long text, long sealed, long length, long nonce, long key);
}
