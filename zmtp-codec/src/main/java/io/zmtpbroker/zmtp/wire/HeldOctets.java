package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Octets that came in pieces and are needed in one. Small pieces are copied into a buffer that nobody else ever sees before
 * it is complete, so it may grow; large ones are kept as retained slices and never copied, nor is what lies before them.
 * At no time is more memory held than about twice the octets that came, however the pieces are cut.
 */
final class HeldOctets {
    private static final int MIN_TAIL_LENGTH = 256;
    private static final int MAX_TAIL_LENGTH = 64 << 10;

    private final ByteBufAllocator allocator;

    /** Parts before {@link #tail}; each is only read from now on. */
    private final List<ByteBuf> parts = new ArrayList<>(0);

    /** The part that small pieces are appended to; null while there is none. Only this object knows it. */
    private @Nullable ByteBuf tail;

    private int length;

    HeldOctets(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Octets held. */
    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Adds octets of {@code in} behind those held; its indices stay and the caller keeps it. */
    void append(ByteBuf in, int index, int count) {
        int room = tail == null ? 0 : tail.writableBytes();
        if (count > room && Borrowed.isWorthASlice(in, count, room)) {
            seal();
            parts.add(in.retainedSlice(index, count));
            length += count;
            return;
        }
        int end = index + count;
        for (int at = index; at < end; ) {
            ByteBuf to = writableTail(end - at);
            int copied = Math.min(end - at, to.maxWritableBytes());
            to.writeBytes(in, at, copied);
            length += copied;
            at += copied;
        }
    }

    /** Adds the canonical header of a message frame behind what is held. */
    void appendHeader(boolean more, int bodyLength) {
        ByteBuf to = tail;
        if (to == null || to.maxWritableBytes() < Frames.LONG_HEADER_LENGTH) {
            seal();
            to = writableTail(Frames.LONG_HEADER_LENGTH);
        }
        int before = to.writerIndex();
        Frames.writeHeader(to, more, bodyLength);
        length += to.writerIndex() - before;
    }

    /**
     * All octets held, which are held no more.
     *
     * @return a buffer that the caller releases
     */
    ByteBuf take() {
        if (parts.isEmpty() && tail != null) {
            ByteBuf whole = tail;
            tail = null;
            length = 0;
            return whole;
        }
        seal();
        length = 0;
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
    }

    /** A tail that takes at least one more octet; it grows by doubling, so the octets are copied twice at most. */
    private ByteBuf writableTail(int wanted) {
        if (tail != null && tail.maxWritableBytes() == 0) {
            seal();
        }
        if (tail == null) {
            int initial = Math.min(MAX_TAIL_LENGTH, Math.max(MIN_TAIL_LENGTH, Math.max(wanted, length)));
            tail = allocator.buffer(initial, MAX_TAIL_LENGTH);
        }
        return tail;
    }

    private void seal() {
        if (tail != null) {
            parts.add(tail);
            tail = null;
        }
    }
}
