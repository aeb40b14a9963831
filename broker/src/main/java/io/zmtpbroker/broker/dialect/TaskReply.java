package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.broker.socket.Outgoing;
import io.zmtpbroker.zmtp.wire.Frames;

/**
 * A task and its reply on one connection: {@code [id, "", body...]} each way. The worker returns id and delimiter as it got
 * them, as a REP socket does by itself.
 */
final class TaskReply {

    private TaskReply() {}

    /** Appends a task. */
    static void writeTask(Request<ByteBuf> request, Outgoing outgoing) {
        ByteBuf out = outgoing.buffer();
        TaskId.write(out, request);
        Frames.writeHeader(out, true, 0);
        outgoing.append(request.payload());
    }

    /** Whether id, delimiter and a body begin at the reader index. */
    static boolean isAt(ByteBuf message) {
        return isAt(message, message.readerIndex());
    }

    /** Whether id, delimiter and a body begin at an index. */
    static boolean isAt(ByteBuf message, int idFrame) {
        if (idFrame >= message.writerIndex() || !TaskId.isAt(message, idFrame) || !Frames.hasMore(message, idFrame)) {
            return false;
        }
        return FrameMatch.isDelimiter(message, Frames.next(message, idFrame));
    }

    /** Puts the reader index, which is at an id, behind its header. */
    static void skipIdHeader(ByteBuf message) {
        message.skipBytes(Frames.headerLength(message, message.readerIndex()));
    }

    /** Puts the reader index, which is at a delimiter, at the body. */
    static void skipDelimiter(ByteBuf message) {
        message.readerIndex(Frames.next(message, message.readerIndex()));
    }
}
