package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.wire.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The partial replies to a client that takes only one reply: their frames are kept, in order, and go out in front of those
 * of the last one, as one message.
 */
final class GatheredReply {

    private static final int MORE = 1;

    private final ByteBufAllocator allocator;
    private final int maxLength;
    private @Nullable ByteBuf frames;

    /**
     * Nothing yet.
     *
     * @param maxLength octets that may be kept
     */
    GatheredReply(ByteBufAllocator allocator, int maxLength) {
        this.allocator = allocator;
        this.maxLength = maxLength;
    }

    /** Octets of memory. */
    int occupied() {
        return frames == null ? 0 : frames.capacity();
    }

    boolean isEmpty() {
        return frames == null;
    }

    /** Keeps the frames at the reader index of a part; false if that would be too much. */
    boolean add(ByteBuf part) {
        ByteBuf kept = frames == null ? allocator.buffer(part.readableBytes()) : frames;
        frames = kept;
        if (part.readableBytes() > maxLength - kept.readableBytes()) {
            return false;
        }
        int start = kept.writerIndex();
        kept.writeBytes(part, part.readerIndex(), part.readableBytes());
        letMoreFollow(kept, start);
        return true;
    }

    private static void letMoreFollow(ByteBuf frames, int start) {
        int last = start;
        while (Frames.hasMore(frames, last)) {
            last = Frames.next(frames, last);
        }
        frames.setByte(last, frames.getByte(last) | MORE);
    }

    /** All frames, those of the last part at its end; the caller releases them. There must be some. */
    ByteBuf finish(ByteBuf lastPart) {
        if (frames == null) {
            throw new AssertionError("nothing was gathered");
        }
        ByteBuf whole = frames.writeBytes(lastPart, lastPart.readerIndex(), lastPart.readableBytes());
        frames = null;
        return whole;
    }

    void release() {
        if (frames != null) {
            frames.release();
            frames = null;
        }
    }
}
