package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/** Feeds a decoder as a channel does: a buffer of the pool for each read, with room before and behind what was read. */
final class Feeder {
    private Feeder() {}

    static void feed(MessageDecoder decoder, MessageDecoder.Sink sink, List<byte[]> pieces) {
        for (byte[] piece : pieces) {
            feed(decoder, sink, piece);
        }
    }

    static void feed(MessageDecoder decoder, MessageDecoder.Sink sink, byte[] piece) {
        ByteBuf in = ByteBufAllocator.DEFAULT.directBuffer(piece.length + 8);
        in.writeLong(-1).skipBytes(3).setIndex(3, 3);
        in.writeBytes(piece);
        decoder.decode(in, sink);
    }
}
