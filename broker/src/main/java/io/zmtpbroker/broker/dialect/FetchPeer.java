package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Principal;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.dispatch.TaskPort;
import io.zmtpbroker.broker.dispatch.Worker;
import io.zmtpbroker.broker.dispatch.WorkerKind;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.Envelope;
import io.zmtpbroker.broker.socket.Outgoing;
import io.zmtpbroker.broker.socket.PeerLink;

/**
 * A worker that fetches: a REQ, or a DEALER that sends the delimiter. Any message is a fetch, whatever its body says, and is
 * answered {@code [envelope..., "", id, body...]} when there is work. Its answer comes elsewhere, to an {@link AnswerPeer}.
 *
 * <p>A fetch gives one credit. It does not say that the task before it is done: that answer may still be on its way.
 */
public final class FetchPeer implements Peer, TaskPort<ByteBuf> {

    private final Dispatcher<ByteBuf> dispatcher;
    private final PeerLink link;
    private final Worker<ByteBuf> worker;
    private final FetchEnvelopes envelopes;
    private final GuessedFetch guess = new GuessedFetch();

    /** Opens a worker of a service; {@link #onGone} closes it. */
    public FetchPeer(Dispatcher<ByteBuf> dispatcher, Service<ByteBuf> service, PeerLink link, EnvelopeRoom room) {
        this.dispatcher = dispatcher;
        this.link = link;
        this.envelopes = new FetchEnvelopes(room, link);
        this.worker = dispatcher.openWorker(service, this, WorkerKind.ANSWERS_ELSEWHERE, Principal.of(link.user()));
    }

    /** A worker that is silent and taken to wait for the answer to a fetch of before the broker's start. */
    static FetchPeer guessed(
            Dispatcher<ByteBuf> dispatcher, Service<ByteBuf> service, PeerLink link, EnvelopeRoom room) {
        FetchPeer peer = new FetchPeer(dispatcher, service, link, room);
        peer.guess.begin();
        return peer;
    }

    @Override
    public void onOpen(long nowNanos) {
        if (guess.isUnused()) {
            envelopes.addBareDelimiter();
            dispatcher.onPerhapsReady(worker, nowNanos);
        }
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        int body = Envelope.end(message);
        if (body < 0) {
            link.dropped(body == Envelope.NO_BODY ? DropReason.NO_BODY : DropReason.NO_DELIMITER);
            return;
        }
        int envelopeLength = body - message.readerIndex();
        if (!envelopes.admit(envelopeLength)) {
            return;
        }
        settleGuess(nowNanos);
        envelopes.add(message, envelopeLength);
        dispatcher.onReady(worker, 1, nowNanos);
    }

    /**
     * The worker speaks, so it did not wait, or it has done the task that it was given on a guess: which one, the answer
     * tells, if it comes.
     */
    private void settleGuess(long nowNanos) {
        if (guess.isUnused()) {
            envelopes.removeBareDelimiter();
            dispatcher.onNotReady(worker);
        } else if (guess.isTask()) {
            dispatcher.returnUnlessAnswered(worker, guess.idHigh(), guess.idLow(), nowNanos);
        }
        guess.end();
    }

    /** It is no worker that fetches: what it was given on a guess goes back at no cost. Nothing may be called here any more. */
    void withdraw(long nowNanos) {
        if (guess.isTask()) {
            dispatcher.onReturned(worker, guess.idHigh(), guess.idLow(), nowNanos);
        }
        dispatcher.onWorkerLeft(worker, nowNanos);
        envelopes.clear();
    }

    @Override
    public boolean wantsWritten() {
        return true;
    }

    @Override
    public void onWritten() {
        dispatcher.onWritten(worker);
    }

    @Override
    public void onGone(long nowNanos) {
        if (guess.isTask()) { // it may have ended of what it never asked for
            dispatcher.returnUnlessAnswered(worker, guess.idHigh(), guess.idLow(), nowNanos);
        }
        dispatcher.onWorkerGone(worker, nowNanos);
        envelopes.clear();
    }

    @Override
    public void assign(Request<ByteBuf> request) {
        guess.assigned(request);
        Outgoing outgoing = link.outgoing();
        ByteBuf out = outgoing.buffer();
        envelopes.pollTo(out);
        TaskId.write(out, request);
        outgoing.append(request.payload());
    }
}
