package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** What to do with octets that were lent for the length of a call and are needed for longer. */
public final class Borrowed {
    /**
     * Below this number of octets a copy is cheaper than a slice, and pins nothing. The two cost the same somewhere between
     * 4 and 16 KiB; at 64 KiB a copy costs a quarter more CPU a request.
     */
    public static final int COPY_BELOW = 16 << 10;

    private Borrowed() {}

    /**
     * A buffer of one's own with the readable octets of a borrowed one: an exact copy, or a retained slice when there are
     * many octets and they are at least half of the buffer that a slice would pin.
     *
     * @param borrowed stays as it is
     * @param allocator where a copy comes from
     * @return a buffer that the caller releases
     */
    public static ByteBuf keep(ByteBuf borrowed, ByteBufAllocator allocator) {
        int length = borrowed.readableBytes();
        if (length >= COPY_BELOW && PinnedOctets.of(borrowed) <= 2L * length) {
            return borrowed.retainedSlice();
        }
        return allocator.buffer(length, Math.max(1, length)).writeBytes(borrowed, borrowed.readerIndex(), length);
    }
}
