package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Read buffers that nobody takes for now, in the order of their octets. */
final class UntakenInput {
    private final ByteBufAllocator allocator;

    /** Null until something is kept for the first time: most connections never are paused. */
    private @Nullable ArrayDeque<ByteBuf> buffers;

    private long occupied;

    UntakenInput(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Keeps what is readable in a buffer that has just been read, behind all others; takes it over. */
    void add(ByteBuf in) {
        ByteBuf kept;
        try {
            kept = Borrowed.keep(in, allocator); // a few octets must not pin a large read buffer
        } finally {
            in.release();
        }
        if (buffers == null) {
            buffers = new ArrayDeque<>(2);
        }
        buffers.addLast(kept);
        occupied += PinnedOctets.of(kept);
    }

    /** Puts back what {@link #poll} gave, with what is still readable in it. */
    void putBack(ByteBuf kept) {
        if (buffers != null) {
            buffers.addFirst(kept);
            occupied += PinnedOctets.of(kept);
        }
    }

    /** The next buffer, which the caller releases or puts back; null when there is none. */
    @Nullable
    ByteBuf poll() {
        ByteBuf next = buffers == null ? null : buffers.pollFirst();
        if (next != null) {
            occupied -= PinnedOctets.of(next);
        }
        return next;
    }

    boolean isEmpty() {
        return buffers == null || buffers.isEmpty();
    }

    /** Octets of memory that are held or pinned. */
    long occupied() {
        return occupied;
    }

    void release() {
        for (ByteBuf next = poll(); next != null; next = poll()) {
            next.release();
        }
    }
}
