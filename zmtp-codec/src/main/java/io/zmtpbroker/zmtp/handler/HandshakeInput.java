package io.zmtpbroker.zmtp.handler;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Octets of a handshake that have come and are not used up. A read buffer is looked at where it is; only what is left of it
 * is copied, so that no read buffer is pinned by a slow peer. The copy is never sliced while octets may still be added to it.
 * What is used up is erased, as there may be a password in it, and buffers are used again.
 */
final class HandshakeInput {
    private final ByteBufAllocator allocator;
    private ByteBuf octets = Unpooled.EMPTY_BUFFER;
    private boolean ours;

    HandshakeInput(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Adds what came; takes it over. */
    void add(ByteBuf in) {
        if (!octets.isReadable()) {
            release();
            octets = in;
            return;
        }
        ByteBuf joined = allocator.buffer(octets.readableBytes() + in.readableBytes());
        joined.writeBytes(octets).writeBytes(in);
        eraseUsed(in);
        in.release();
        replaceBy(joined);
    }

    /** What is not used up; whoever uses it moves the reader index. Good until the next call here. */
    ByteBuf octets() {
        return octets;
    }

    /** To be called when there is nothing more to be used up now. */
    void settle() {
        if (!octets.isReadable()) {
            release();
        } else if (!ours) {
            replaceBy(allocator.buffer(octets.readableBytes()).writeBytes(octets));
        }
    }

    /** Octets of memory that are taken between two reads. */
    int occupied() {
        return ours ? octets.capacity() : 0;
    }

    /** What is not used up; the caller releases it. */
    ByteBuf take() {
        eraseUsed(octets);
        ByteBuf rest = octets;
        octets = Unpooled.EMPTY_BUFFER;
        ours = false;
        return rest;
    }

    void release() {
        octets.readerIndex(octets.writerIndex());
        take().release();
    }

    private void replaceBy(ByteBuf copy) {
        release();
        octets = copy;
        ours = true;
    }

    private static void eraseUsed(ByteBuf buffer) {
        if (!buffer.isReadOnly()) {
            buffer.setZero(0, buffer.readerIndex());
        }
    }
}
