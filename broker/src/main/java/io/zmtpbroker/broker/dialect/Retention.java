package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * How the octets of a message are kept beyond the call that brought them: short ones are copied, since a slice of 64 octets
 * would pin a whole receive buffer; long ones are retained where they are, since copying them costs more.
 */
final class Retention {

    /** From this many octets on a message is retained and not copied. */
    static final int RETAIN_FROM = 16 * 1024;

    private Retention() {}

    /**
     * Keeps the readable octets of a borrowed message.
     *
     * @return a buffer that the caller releases
     */
    static ByteBuf keep(ByteBuf message, ByteBufAllocator allocator) {
        int length = message.readableBytes();
        if (length >= RETAIN_FROM) {
            return message.retainedSlice();
        }
        return allocator.directBuffer(length, length).writeBytes(message, message.readerIndex(), length);
    }
}
