package io.zmtpbroker.zmtp.security.nacl;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.lang.ref.Reference;
import java.util.Objects;

/**
 * NaCl's own {@code crypto_secretbox}, which with the key of {@code crypto_box_beforenm} is {@code crypto_box_afternm}: one
 * call, and faster than libsodium's newer functions for messages of a few hundred octets and more, since the stream is made
 * in one piece. In return it works on 32 octets in front of the text, and we lend it those that happen to lie there. What
 * lies elsewhere than in one piece outside the heap goes through a buffer that does.
 */
final class LibsodiumBox implements NaclBox {
    private static final int NONCE_INDEX = Nacl.KEY_LENGTH;
    private static final int PADDING = HEADROOM - OVERHEAD;

    private final NativeOctets keyAndNonce = new NativeOctets(Nacl.KEY_LENGTH + NONCE_LENGTH);
    private boolean closed;

    /** A box that has no key yet. */
    LibsodiumBox() {}

    /** Where the key is to be; good as long as this box can be reached. */
    long keyAddress() {
        return keyAndNonce.address(0);
    }

    void setKey(byte[] key) {
        keyAndNonce.put(0, key);
    }

    @Override
    public void seal(byte[] nonce, ByteBuf buffer, int index, int length) {
        begin(nonce);
        check(buffer, index, OVERHEAD, length);
        if (buffer.hasMemoryAddress() && index >= PADDING) {
            sealInPlace(buffer, index, length);
            return;
        }
        ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(HEADROOM + length);
        try {
            copy.writerIndex(HEADROOM).writeBytes(buffer, index + OVERHEAD, length);
            sealInPlace(copy, PADDING, length);
            buffer.setBytes(index, copy, PADDING, OVERHEAD + length);
        } finally {
            copy.release();
        }
    }

    @Override
    public boolean open(byte[] nonce, ByteBuf in, int index, int length, ByteBuf out) {
        begin(nonce);
        check(in, index, 0, length);
        if (length < OVERHEAD) {
            return false;
        }
        int textLength = length - OVERHEAD;
        out.ensureWritable(textLength);
        if (out.hasMemoryAddress() && out.writerIndex() >= HEADROOM) {
            return openInto(out, in, index, length);
        }
        ByteBuf text = ByteBufAllocator.DEFAULT.directBuffer(HEADROOM + textLength);
        try {
            text.writerIndex(HEADROOM);
            boolean genuine = openInto(text, in, index, length);
            if (genuine) {
                out.writeBytes(text, HEADROOM, textLength);
            }
            return genuine;
        } finally {
            text.setZero(0, HEADROOM + textLength).release();
        }
    }

    @Override
    public void close() {
        closed = true;
        keyAndNonce.close();
    }

    private void begin(byte[] nonce) {
        if (closed) {
            throw new IllegalStateException("the key has been erased");
        }
        if (nonce.length != NONCE_LENGTH) {
            throw new IllegalArgumentException("nonce of " + nonce.length + " octets");
        }
        keyAndNonce.put(NONCE_INDEX, nonce);
    }

    private void sealInPlace(ByteBuf buffer, int index, int length) {
        int start = index - PADDING;
        long front = buffer.getLong(start);
        long behindIt = buffer.getLong(start + Long.BYTES);
        buffer.setZero(start, HEADROOM);
        sealAt(buffer.memoryAddress() + start, (long) HEADROOM + length);
        buffer.setLong(start, front).setLong(start + Long.BYTES, behindIt);
    }

    /** {@code out} has an address, room for the text and the octets in front of it that are lent. */
    private boolean openInto(ByteBuf out, ByteBuf in, int index, int length) {
        int end = out.writerIndex();
        int start = end - HEADROOM;
        long first = out.getLong(start);
        long second = out.getLong(start + Long.BYTES);
        long third = out.getLong(start + 2 * Long.BYTES);
        long fourth = out.getLong(start + 3 * Long.BYTES);
        long to = out.memoryAddress() + start;
        long from;
        if (in.hasMemoryAddress() && index >= PADDING) {
            from = in.memoryAddress() + index - PADDING;
        } else {
            out.setBytes(start + PADDING, in, index, length); // and there it is opened in place
            from = to;
        }
        boolean genuine = openAt(to, from, (long) PADDING + length);
        out.setLong(start, first).setLong(start + Long.BYTES, second);
        out.setLong(start + 2 * Long.BYTES, third).setLong(start + 3 * Long.BYTES, fourth);
        if (genuine) {
            out.writerIndex(end + length - OVERHEAD);
        }
        return genuine;
    }

    private void sealAt(long address, long length) {
        try {
            Libsodium.crypto_secretbox(address, address, length, keyAndNonce.address(NONCE_INDEX), keyAddress());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private boolean openAt(long to, long from, long length) {
        try {
            return Libsodium.crypto_secretbox_open(to, from, length, keyAndNonce.address(NONCE_INDEX), keyAddress())
                    == 0;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Native code checks nothing. */
    private static void check(ByteBuf buffer, int index, int overhead, int length) {
        if (buffer.refCnt() == 0) {
            throw new IllegalReferenceCountException(0);
        }
        if (length < 0) {
            throw new IndexOutOfBoundsException("length " + length);
        }
        Objects.checkFromIndexSize((long) index, (long) overhead + length, buffer.capacity());
    }
}
