package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Principal;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.wire.Frames;

/**
 * The answering half of a worker that fetches: a PUSH that sends {@code [id, answer...]}. Nothing links it to the connection
 * that fetched, so the id counts, and that the user is one who fetched it; nothing it says is trusted beyond that.
 */
public final class AnswerPeer implements Peer {

    private final Dispatcher<ByteBuf> dispatcher;
    private final PeerLink link;
    private final Principal principal;

    /** An answering peer of all services. */
    public AnswerPeer(Dispatcher<ByteBuf> dispatcher, PeerLink link) {
        this.dispatcher = dispatcher;
        this.link = link;
        this.principal = Principal.of(link.user());
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
        switch (dispatcher.onAnswer(principal, idHigh, idLow, message, nowNanos)) {
            case UNKNOWN -> link.dropped(DropReason.UNKNOWN_REQUEST);
            case NOT_THEIRS -> link.dropped(DropReason.NOT_ITS_TASK);
            case ANSWERED, LATE, CLIENT_GONE -> {} // the dispatcher counts them
        }
    }

    @Override
    public void onGone(long nowNanos) {
        // Its answers have come or are lost; the connection that fetched tells which attempts have failed.
    }
}
