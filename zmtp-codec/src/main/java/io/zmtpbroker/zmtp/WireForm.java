package io.zmtpbroker.zmtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.util.ReferenceCountUtil;

/**
 * The canonical wire form of a {@link ZmtpMessage}, as far as the value itself needs it. The codec proper has its own
 * accessors in {@code zmtp.wire}, which this package must not know.
 */
final class WireForm {
    private static final int MORE = 1;
    private static final int LONG = 2;
    private static final int SHORT_HEADER_LENGTH = 2;
    private static final int LONG_HEADER_LENGTH = 9;
    private static final int MAX_SHORT_BODY_LENGTH = 255;

    /** From here on a copy costs more than one more part of a buffer. */
    private static final int COPY_BELOW = 16 << 10;

    private WireForm() {}

    static int next(ByteBuf wire, int at) {
        return bodyIndex(wire, at) + bodyLength(wire, at);
    }

    static ByteBuf body(ByteBuf wire, int at) {
        return wire.slice(bodyIndex(wire, at), bodyLength(wire, at));
    }

    /** Takes over {@code bodies}, also when it fails. */
    static ByteBuf assemble(ByteBufAllocator allocator, ByteBuf... bodies) {
        CompositeByteBuf parts = allocator.compositeBuffer(Math.max(1, 2 * bodies.length));
        ByteBuf small = allocator.buffer(Math.max(1, copiedLength(bodies)));
        try {
            if (bodies.length == 0) {
                throw new IllegalArgumentException("a message has at least one frame");
            }
            int done = 0;
            for (int i = 0; i < bodies.length; i++) {
                ByteBuf body = bodies[i];
                writeHeader(small, i < bodies.length - 1, body.readableBytes());
                if (body.readableBytes() < COPY_BELOW) {
                    small.writeBytes(body);
                } else {
                    parts.addComponent(true, small.retainedSlice(done, small.writerIndex() - done));
                    parts.addComponent(true, body.retainedSlice());
                    done = small.writerIndex();
                }
            }
            if (parts.numComponents() == 0) {
                return small.retain();
            }
            if (done < small.writerIndex()) {
                parts.addComponent(true, small.retainedSlice(done, small.writerIndex() - done));
            }
            return parts.retain();
        } finally {
            parts.release();
            small.release();
            for (ByteBuf body : bodies) {
                ReferenceCountUtil.release(body);
            }
        }
    }

    private static int copiedLength(ByteBuf[] bodies) {
        int length = 0;
        for (ByteBuf body : bodies) {
            length += LONG_HEADER_LENGTH + (body.readableBytes() < COPY_BELOW ? body.readableBytes() : 0);
        }
        return length;
    }

    private static void writeHeader(ByteBuf out, boolean more, int bodyLength) {
        int flags = more ? MORE : 0;
        if (bodyLength <= MAX_SHORT_BODY_LENGTH) {
            out.writeByte(flags).writeByte(bodyLength);
        } else {
            out.writeByte(flags | LONG).writeLong(bodyLength);
        }
    }

    private static int bodyIndex(ByteBuf wire, int at) {
        return at + ((wire.getByte(at) & LONG) == 0 ? SHORT_HEADER_LENGTH : LONG_HEADER_LENGTH);
    }

    private static int bodyLength(ByteBuf wire, int at) {
        return (wire.getByte(at) & LONG) == 0 ? wire.getUnsignedByte(at + 1) : (int) wire.getLong(at + 1);
    }
}
