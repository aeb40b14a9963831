package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.AnswerResult;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.wire.Frames;

/**
 * The answering half of a worker that fetches: a PUSH that sends {@code [id, answer...]}. Nothing links it to the connection
 * that fetched, so only the id counts, and nothing it says is trusted beyond that.
 */
public final class AnswerPeer implements Peer {

    private final Dispatcher<ByteBuf> dispatcher;
    private final PeerLink link;

    /** An answering peer of all services. */
    public AnswerPeer(Dispatcher<ByteBuf> dispatcher, PeerLink link) {
        this.dispatcher = dispatcher;
        this.link = link;
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        if (!TaskId.isAt(message)) {
            link.dropped(DropReason.BAD_ANSWER_ID);
            return;
        }
        int idFrame = message.readerIndex();
        if (!Frames.hasMore(message, idFrame)) {
            link.dropped(DropReason.NO_ANSWER);
            return;
        }
        message.skipBytes(Frames.headerLength(message, idFrame));
        long idHigh = message.readLong();
        long idLow = message.readLong();
        if (dispatcher.onAnswer(idHigh, idLow, message, nowNanos) == AnswerResult.UNKNOWN) {
            link.dropped(DropReason.UNKNOWN_REQUEST);
        }
    }

    @Override
    public void onGone(long nowNanos) {
        // Its answers have come or are lost; the connection that fetched tells which attempts have failed.
    }
}
