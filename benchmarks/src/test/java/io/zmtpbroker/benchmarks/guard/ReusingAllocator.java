package io.zmtpbroker.benchmarks.guard;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Gives out the same buffers again and again, so that what Netty's own allocators leave behind is not taken for ours. They are
 * on the heap: copying from a direct buffer makes objects on a JVM without Unsafe. For one thread.
 */
final class ReusingAllocator extends AbstractByteBufAllocator {

    private final Deque<Reused> free = new ArrayDeque<>();

    ReusingAllocator() {
        super(true);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        Reused buffer = free.poll();
        if (buffer == null) {
            buffer = new Reused(this, initialCapacity);
        }
        return buffer.reuse(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        throw new AssertionError("the hot path asks for direct buffers only");
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    private final class Reused extends UnpooledHeapByteBuf {

        Reused(ByteBufAllocator allocator, int initialCapacity) {
            super(allocator, initialCapacity, Integer.MAX_VALUE);
        }

        ByteBuf reuse(int initialCapacity, int max) {
            resetRefCnt();
            maxCapacity(Math.max(max, capacity()));
            setIndex(0, 0);
            return capacity() < initialCapacity ? capacity(initialCapacity) : this;
        }

        @Override
        protected void deallocate() {
            free.push(this);
        }
    }
}
