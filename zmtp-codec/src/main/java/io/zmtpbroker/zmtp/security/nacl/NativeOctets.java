package io.zmtpbroker.zmtp.security.nacl;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** A few octets outside the heap for keys and nonces. The garbage collector frees them; who is done with them erases them. */
final class NativeOctets implements AutoCloseable {
    private final ByteBuffer octets;
    private final long address;

    NativeOctets(int length) {
        octets = ByteBuffer.allocateDirect(length);
        address = Pointer.nativeValue(Native.getDirectBufferPointer(octets));
    }

    /** The address of an octet; good as long as this object can be reached. */
    long address(int index) {
        return address + index;
    }

    void put(int index, byte[] source) {
        octets.put(index, source);
    }

    byte[] get(int index, int length) {
        byte[] copy = new byte[length];
        octets.get(index, copy);
        return copy;
    }

    /** Erases. May be called more than once. */
    @Override
    public void close() {
        Libsodium.sodium_memzero(address, octets.capacity());
    }
}
