package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Finds whole frames, for those who can do nothing with a part of one. A frame that lies wholly in one read buffer is shown
 * where it lies; of an unfinished one the octets that came are kept. Not safe for use by several threads; a sink may call
 * {@link #close()}, but not {@link #decode}.
 */
public final class WholeFrames {
    private static final long NO_BODY = -1;

    private final FrameHeader header = new FrameHeader();
    private final HeldOctets held;

    /** Octets that the body of {@link #header}'s frame still lacks; -1 while no body is awaited. */
    private long lacking = NO_BODY;

    private boolean closed;

    /**
     * A decoder for one connection.
     *
     * @param allocator where the octets of unfinished frames are kept
     */
    public WholeFrames(ByteBufAllocator allocator) {
        held = new HeldOctets(allocator);
    }

    /** Takes what was decoded, in the order of the octets. Whatever it throws ends the decoder. */
    public interface Sink {
        /**
         * Judges a frame by its header, before anything of its body is waited for.
         *
         * @param hasMore its MORE flag
         * @param bodyLength octets, not negative
         */
        void onHeader(boolean hasMore, long bodyLength);

        /**
         * Takes a body.
         *
         * @param in holds it, and is lent until this returns; no index may be moved
         * @param index of its first octet
         * @param length in octets
         */
        void onBody(ByteBuf in, int index, int length);
    }

    /**
     * Decodes the octets that came next.
     *
     * @param in taken over, also when this throws
     * @param sink told of each frame before this returns
     * @throws io.zmtpbroker.zmtp.ZmtpProtocolException if a frame is malformed; from then on all input is dropped
     */
    public void decode(ByteBuf in, Sink sink) {
        boolean sound = false;
        try {
            int at = in.readerIndex();
            int end = in.writerIndex();
            while (at < end && !closed) {
                at = lacking == NO_BODY ? header(in, at, end, sink) : body(in, at, end, sink);
            }
            sound = true;
        } finally {
            in.release();
            if (!sound) {
                close();
            }
        }
    }

    /** Releases what is held of an unfinished frame and drops all later input. May be called more than once. */
    public void close() {
        closed = true;
        lacking = NO_BODY;
        held.release();
    }

    /**
     * What is held of an unfinished frame.
     *
     * @return octets
     */
    public int heldOctets() {
        return held.length();
    }

    /**
     * The memory that what is held takes, or pins.
     *
     * @return octets
     */
    public long occupiedOctets() {
        return held.occupied();
    }

    /** Takes what there is of a header, and of its body when the header is whole. */
    private int header(ByteBuf in, int start, int end, Sink sink) {
        int at = start;
        if (!header.isBegun()) {
            int length = header.read(in, at, end - at);
            if (length > 0) {
                return begin(in, at + length, end, sink);
            }
        }
        while (at < end) {
            if (header.offer(in.getByte(at++))) {
                return begin(in, at, end, sink);
            }
        }
        return at;
    }

    private int begin(ByteBuf in, int at, int end, Sink sink) {
        sink.onHeader(header.hasMore(), header.bodyLength());
        lacking = header.bodyLength();
        return body(in, at, end, sink);
    }

    private int body(ByteBuf in, int at, int end, Sink sink) {
        int count = (int) Math.min(lacking, end - at);
        if (count < lacking) {
            lacking -= count;
            if (count > 0) {
                held.append(in, at, count, lacking);
            }
            return end;
        }
        lacking = NO_BODY;
        if (held.isEmpty()) {
            sink.onBody(in, at, count);
        } else {
            held.append(in, at, count, 0);
            show(sink);
        }
        return at + count;
    }

    private void show(Sink sink) {
        ByteBuf whole = held.take();
        try {
            sink.onBody(whole, whole.readerIndex(), whole.readableBytes());
        } finally {
            whole.release();
        }
    }
}
