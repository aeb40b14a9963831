package io.zmtpbroker.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * The bodies of requests: who asked, in which slot of its window, and for the how manieth time; then octets that are the same in
 * all of them. So a reply that is not the one to just this request cannot pass.
 */
final class RequestBody {

    /** Octets that differ: client(4) slot(4) use(8). */
    static final int HEAD_LENGTH = 16;

    private static final int VECTORISED_FROM = 1024;

    private final ByteBuf filling;
    private final int length;

    RequestBody(int length) {
        this.length = length;
        filling = Unpooled.directBuffer(Math.max(1, length - HEAD_LENGTH));
        for (int i = HEAD_LENGTH; i < length; i++) {
            filling.writeByte(i * 7 + 1);
        }
    }

    int length() {
        return length;
    }

    /** The octets behind the head; not retained. */
    ByteBuf filling() {
        return filling;
    }

    static void writeHead(ByteBuf out, int client, int slot, long use) {
        out.writeInt(client).writeInt(slot).writeLong(use);
    }

    /** Whether the octets behind the head are those that were sent. */
    boolean hasFilling(ByteBuf message, int bodyIndex) {
        int count = length - HEAD_LENGTH;
        int at = bodyIndex + HEAD_LENGTH;
        if (count >= VECTORISED_FROM && message.nioBufferCount() == 1) {
            return message.nioBuffer(at, count).equals(filling.nioBuffer(0, count));
        }
        return ByteBufUtil.equals(message, at, filling, 0, count);
    }
}
