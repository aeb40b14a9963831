package io.zmtpbroker.zmtp.security.nacl;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;

/** The buffers that a box may lie in, each with other octets in front of it. */
enum BufferKind {
    HEAP(0),
    HEAP_WITH_HEADROOM(40),
    DIRECT(0),
    DIRECT_WITH_LITTLE_IN_FRONT(15),
    DIRECT_WITH_HEADROOM(NaclBox.HEADROOM),
    SLICE(33) {
        @Override
        ByteBuf around(ByteBuf octets) {
            // What is in front of the slice is not the slice's.
            int length = octets.readableBytes();
            ByteBuf whole = ByteBufAllocator.DEFAULT
                    .directBuffer(3 + length + ROOM)
                    .writeZero(3)
                    .writeBytes(octets);
            return whole.slice(3, length + ROOM).writerIndex(length);
        }
    },
    COMPOSITE(33) {
        @Override
        ByteBuf around(ByteBuf octets) {
            CompositeByteBuf pieces = Unpooled.compositeBuffer(Integer.MAX_VALUE);
            for (boolean direct = true; octets.isReadable(); direct = !direct) {
                int count = Math.min(1000, octets.readableBytes());
                ByteBuf piece = direct ? Unpooled.directBuffer(count) : Unpooled.buffer(count);
                pieces.addComponent(true, piece.writeBytes(octets, count));
            }
            return pieces;
        }
    },
    COMPOSITE_OF_ONE(33) {
        @Override
        ByteBuf around(ByteBuf octets) {
            return Unpooled.compositeBuffer()
                    .addComponent(true, Unpooled.directBuffer().writeBytes(octets));
        }
    };

    /** A slice cannot grow. */
    private static final int ROOM = 1 << 16;

    private final int inFront;

    BufferKind(int inFront) {
        this.inFront = inFront;
    }

    /** A buffer of this kind whose readable octets are those of {@code octets}; the caller releases it. */
    ByteBuf holding(ByteBuf octets) {
        ByteBuf all = Unpooled.buffer();
        for (int i = 0; i < inFront; i++) {
            all.writeByte(0x5a);
        }
        all.writeBytes(octets, octets.readerIndex(), octets.readableBytes());
        return around(all).readerIndex(inFront);
    }

    ByteBuf around(ByteBuf octets) {
        ByteBuf buffer = name().startsWith("HEAP") ? Unpooled.buffer() : ByteBufAllocator.DEFAULT.directBuffer();
        return buffer.writeBytes(octets);
    }
}
