package io.zmtpbroker.broker.socket;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.wire.Frames;

/**
 * Where the envelope of a message ends: it is every frame up to the first empty one, the delimiter, that one included.
 *
 * <p>A ROUTER or REP keeps these octets and puts them back, unchanged, in front of the reply. So a plain REQ, a REQ with
 * correlation ids, a DEALER and a chain of ROUTERs are all one case (28/REQREP, "The Request-Reply Message Format").
 */
public final class Envelope {

    /** No frame of the message is empty. */
    public static final int NO_DELIMITER = -1;

    /** The message ends with its delimiter. */
    public static final int NO_BODY = -2;

    private Envelope() {}

    /**
     * Finds the end of the envelope.
     *
     * @param message whole frames between reader and writer index, neither of which is moved
     * @return the absolute index of the first octet of the body, or {@link #NO_DELIMITER} or {@link #NO_BODY}
     */
    public static int end(ByteBuf message) {
        int at = message.readerIndex();
        while (true) {
            boolean more = Frames.hasMore(message, at);
            if (Frames.bodyLength(message, at) == 0) {
                return more ? Frames.next(message, at) : NO_BODY;
            }
            if (!more) {
                return NO_DELIMITER;
            }
            at = Frames.next(message, at);
        }
    }
}
