package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.wire.Frames;
import java.nio.charset.StandardCharsets;

/** Looks at the frames of a message without moving its indices. A position is the index of a frame's header. */
final class FrameMatch {

    private FrameMatch() {}

    /** Whether a frame stands there, with exactly these characters of ASCII. */
    static boolean is(ByteBuf message, int at, String body) {
        if (at >= message.writerIndex() || Frames.bodyLength(message, at) != body.length()) {
            return false;
        }
        int from = at + Frames.headerLength(message, at);
        for (int i = 0; i < body.length(); i++) {
            if (message.getByte(from + i) != body.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an empty frame stands there, with more behind it. */
    static boolean isDelimiter(ByteBuf message, int at) {
        return at < message.writerIndex() && Frames.bodyLength(message, at) == 0 && Frames.hasMore(message, at);
    }

    /** Whether the frame there, if there is one, has more behind it. */
    static boolean hasMore(ByteBuf message, int at) {
        return at < message.writerIndex() && Frames.hasMore(message, at);
    }

    /** The only octet of the frame there, unsigned, or -1 if there is no frame of one octet. */
    static int octet(ByteBuf message, int at) {
        if (at >= message.writerIndex() || Frames.bodyLength(message, at) != 1) {
            return -1;
        }
        return message.getUnsignedByte(at + Frames.headerLength(message, at));
    }

    /** The frame there as text, octet by octet. */
    static String textAt(ByteBuf message, int at) {
        return message.toString(
                at + Frames.headerLength(message, at), Frames.bodyLength(message, at), StandardCharsets.ISO_8859_1);
    }
}
