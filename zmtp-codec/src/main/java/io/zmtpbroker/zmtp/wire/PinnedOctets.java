package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;

/** What a buffer costs: more than its own octets where it is a slice, which pins all of the buffer that it was cut from. */
public final class PinnedOctets {
    /** More than any message; less than the greatest number, so that something may be added. */
    private static final long MOST = Integer.MAX_VALUE - (1 << 20);

    private PinnedOctets() {}

    /**
     * How much memory cannot be used otherwise as long as a buffer is kept, such as {@link Borrowed#keep} gave. Slices
     * of one buffer cost all of it each. What an allocator rounds up to is left out.
     *
     * @param kept a message, or a part of one
     * @return octets
     */
    public static int of(ByteBuf kept) {
        ByteBuf whole = kept;
        for (ByteBuf next = whole.unwrap(); next != null; next = whole.unwrap()) {
            whole = next;
        }
        return whole instanceof CompositeByteBuf composite ? ofParts(composite) : whole.capacity();
    }

    private static int ofParts(CompositeByteBuf composite) {
        long octets = 0;
        for (int i = 0; i < composite.numComponents(); i++) {
            octets += of(composite.internalComponent(i));
        }
        return (int) Math.min(MOST, octets);
    }
}
