package io.zmtpbroker.zmtp.security;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;

/** A buffer that is erased when it is released for the last time, however long it takes to be written. */
final class ErasedBuffer extends UnpooledDirectByteBuf {
    /**
     * An empty buffer as long as {@code memory}; it does not grow, since what it grew out of would stay behind.
     *
     * @param memory outside the heap; used from now on by the buffer alone
     */
    ErasedBuffer(ByteBuffer memory) {
        super(UnpooledByteBufAllocator.DEFAULT, memory, memory.remaining());
        clear();
    }

    @Override
    protected void deallocate() {
        int capacity = capacity();
        for (int i = 0; i < capacity; i++) {
            _setByte(i, 0); // the checked ones refuse a buffer that has been released
        }
        super.deallocate();
    }
}
