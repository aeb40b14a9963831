package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Octets that came in pieces and are needed in one. Small pieces are copied into a buffer that nobody else ever sees before
 * it is complete, so it may grow; large ones are kept as retained slices, unless these would pin too much, and what lies
 * before a slice is not copied again.
 * However the pieces are cut, no more memory is held or pinned than twice the octets that came, and a little; for a long
 * message an eighth more than these.
 */
final class HeldOctets {
    private static final int SPARE_LENGTH = 256;
    private static final int MAX_TAIL_LENGTH = 64 << 10;

    private final ByteBufAllocator allocator;

    /** Parts before {@link #tail}; each is only read from now on. */
    private final List<ByteBuf> parts = new ArrayList<>(0);

    /** The part that small pieces are appended to; null while there is none. Only this object knows it. */
    private @Nullable ByteBuf tail;

    private int length;

    /** Octets of memory that cannot be used otherwise: the capacities of the parts, and of the buffers that slices pin. */
    private long occupied;

    HeldOctets(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Octets held. */
    int length() {
        return length;
    }

    /** Octets of memory that are held or pinned. */
    long occupied() {
        return occupied;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /**
     * Adds octets of {@code in} behind those held; its indices stay and the caller keeps it.
     *
     * @param toCome how many octets are known to follow these; there may be more
     */
    void append(ByteBuf in, int index, int count, long toCome) {
        if (isWorthASlice(in, count)) {
            seal();
            parts.add(in.retainedSlice(index, count));
            length += count;
            occupied += PinnedOctets.of(in);
            return;
        }
        int end = index + count;
        for (int at = index; at < end; ) {
            ByteBuf to = writableTail(end - at, 1, toCome);
            int copied = Math.min(end - at, to.maxWritableBytes());
            int before = to.capacity();
            to.writeBytes(in, at, copied);
            occupied += to.capacity() - before;
            length += copied;
            at += copied;
        }
    }

    /** Adds the canonical header of a message frame behind what is held. */
    void appendHeader(boolean more, int bodyLength) {
        ByteBuf to = writableTail(Frames.SHORT_HEADER_LENGTH, Frames.LONG_HEADER_LENGTH, bodyLength);
        int before = to.writerIndex();
        int capacity = to.capacity();
        Frames.writeHeader(to, more, bodyLength);
        occupied += to.capacity() - capacity;
        length += to.writerIndex() - before;
    }

    /**
     * All octets held, which are held no more.
     *
     * @return a buffer that the caller releases
     */
    ByteBuf take() {
        seal();
        length = 0;
        occupied = 0;
        if (parts.size() == 1) {
            return parts.remove(0);
        }
        CompositeByteBuf whole = allocator.compositeBuffer(Integer.MAX_VALUE);
        whole.addComponents(true, parts);
        parts.clear();
        return whole;
    }

    /** Forgets what is held. */
    void release() {
        seal();
        parts.forEach(ByteBuf::release);
        parts.clear();
        length = 0;
        occupied = 0;
    }

    private boolean isWorthASlice(ByteBuf in, int count) {
        return count >= Borrowed.COPY_BELOW
                && (tail == null || count > tail.writableBytes())
                && occupied + PinnedOctets.of(in) <= allowance(count);
    }

    /** A tail that takes at least {@code needed} octets more; it grows by doubling, so octets are copied twice at most. */
    private ByteBuf writableTail(int wanted, int needed, long toCome) {
        if (tail != null && tail.maxWritableBytes() < needed) {
            seal();
        }
        if (tail == null) {
            long expected = wanted + Math.max(toCome, SPARE_LENGTH);
            long capacity = Math.max(wanted, Math.min(expected, allowance(wanted) - occupied));
            tail = allocator.buffer((int) Math.min(MAX_TAIL_LENGTH, capacity), MAX_TAIL_LENGTH);
            occupied += tail.capacity();
        }
        return tail;
    }

    /** What may be occupied once {@code more} octets are held: twice of them while they are few, an eighth more in the end. */
    private long allowance(int more) {
        long octets = length + (long) more;
        return octets + Math.max(Math.min(octets, MAX_TAIL_LENGTH), octets / 8) + SPARE_LENGTH;
    }

    private void seal() {
        if (tail != null) {
            parts.add(tail);
            tail = null;
        }
    }
}
