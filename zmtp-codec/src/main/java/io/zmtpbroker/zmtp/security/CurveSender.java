package io.zmtpbroker.zmtp.security;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.wire.Frames;

/** Seals frames, all that are given at once into one buffer. The box belongs to the {@link CurveTraffic}. */
final class CurveSender {
    private final NaclBox box;
    private final byte[] nonce;
    private long sent;

    /** The prefix is that of our nonces; {@code sent} is the counter used last. */
    CurveSender(NaclBox box, String prefix, long sent) {
        this.box = box;
        this.sent = sent;
        nonce = CurveNonce.of(prefix, sent);
    }

    /** As {@link ZmtpTraffic#protect}. */
    ByteBuf protect(ByteBuf clear, ByteBufAllocator allocator) {
        ByteBuf out = null;
        boolean done = false;
        try {
            int end = clear.writerIndex();
            out = allocator.buffer(protectedLength(clear));
            for (int at = clear.readerIndex(); at < end; at = Frames.next(clear, at)) {
                seal(clear, at, out);
            }
            done = true;
            return out;
        } finally {
            clear.release();
            if (!done && out != null) {
                out.release();
            }
        }
    }

    private static int protectedLength(ByteBuf clear) {
        long length = 0;
        int end = clear.writerIndex();
        for (int at = clear.readerIndex(); at < end; at = Frames.next(clear, at)) {
            length += Frames.LONG_HEADER_LENGTH + CurveLayout.MIN_MESSAGE_LENGTH + (long) Frames.bodyLength(clear, at);
        }
        return Math.toIntExact(length);
    }

    private void seal(ByteBuf clear, int at, ByteBuf out) {
        int bodyLength = Frames.bodyLength(clear, at);
        sent++;
        if (sent == 0) {
            throw new IllegalStateException("no nonce is left");
        }
        CurveNonce.setCounter(nonce, sent);
        Frames.writeHeader(out, false, CurveLayout.MIN_MESSAGE_LENGTH + bodyLength);
        out.writeLong(CurveLayout.MESSAGE_NAME).writeLong(sent);
        int boxIndex = out.writerIndex();
        out.writeZero(NaclBox.OVERHEAD);
        out.writeByte(innerFlags(clear.getByte(at)));
        out.writeBytes(clear, Frames.bodyIndex(clear, at), bodyLength);
        box.seal(nonce, out, boxIndex, CurveLayout.FLAGS_LENGTH + bodyLength);
    }

    private static int innerFlags(int flags) {
        if ((flags & Frames.MORE) != 0) {
            return CurveLayout.INNER_MORE;
        }
        return (flags & Frames.COMMAND) != 0 ? CurveLayout.INNER_COMMAND : 0;
    }
}
