package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.zmtp.wire.Frames;

/** The frame that names a request to its worker: 16 octets that nobody can guess. */
final class TaskId {

    static final int LENGTH = 16;

    private TaskId() {}

    /** Writes the id as a frame that more follow. */
    static void write(ByteBuf out, Request<ByteBuf> request) {
        Frames.writeHeader(out, true, LENGTH);
        out.writeLong(request.idHigh());
        out.writeLong(request.idLow());
    }

    /** Whether the frame at the reader index has the length of an id. */
    static boolean isAt(ByteBuf message) {
        return isAt(message, message.readerIndex());
    }

    /** Whether the frame at an index has the length of an id. */
    static boolean isAt(ByteBuf message, int frame) {
        return Frames.bodyLength(message, frame) == LENGTH;
    }
}
