package io.zmtpbroker.zmtp.testing;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Knows every buffer that it has given out and that is not released. Not thread-safe. */
public final class TrackingAllocator extends AbstractByteBufAllocator {
    private final List<ByteBuf> given = new ArrayList<>();

    /** A buffer of its own for these octets, as a channel that has read them has it. */
    public ByteBuf read(byte[] octets) {
        return buffer(Math.max(1, octets.length)).writeBytes(octets);
    }

    /** Octets of memory in buffers that are not released. */
    public long liveOctets() {
        given.removeIf(buffer -> buffer.refCnt() == 0);
        return given.stream().mapToLong(ByteBuf::capacity).sum();
    }

    /** Fails if a buffer is not released. */
    public void requireAllReleased() {
        for (ByteBuf buffer : given) {
            if (buffer.refCnt() != 0) {
                throw new AssertionError(buffer + " was not released");
            }
        }
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        ByteBuf buffer = new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
        given.add(buffer);
        return buffer;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return newHeapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
