package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.dispatch.TaskPort;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.Envelope;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.wire.Frames;

/**
 * A worker of the ZeroMQ guide's load balancing and Simple Pirate examples: REQ, or a DEALER that sends the delimiter.
 *
 * <pre>
 * worker -> broker    ["", "READY"]   or   ["", 01]
 * broker -> worker    ["", id, "", body...]
 * worker -> broker    ["", id, "", answer...]      which also says that it is ready again
 * </pre>
 *
 * <p>READY again instead of an answer gives one more task, too; what the worker held before is left to its deadline.
 */
public final class LoadBalancingPeer implements WorkerSide, TaskPort<ByteBuf> {

    private static final String READY = "READY";
    private static final String READY_OCTET = "\u0001";

    private final PeerLink link;
    private final WorkerTasks tasks;
    private final FetchEnvelopes envelopes;
    private final GuessedFetch guess = new GuessedFetch();

    /** Opens a worker that is ready when its first message has said so. */
    public LoadBalancingPeer(
            Dispatcher<ByteBuf> dispatcher, Service<ByteBuf> service, PeerLink link, EnvelopeRoom room) {
        this.link = link;
        this.envelopes = new FetchEnvelopes(room, link);
        this.tasks = new WorkerTasks(dispatcher, service, link, this);
    }

    /** A worker that is silent and taken to wait for a task since before the broker's start. */
    static LoadBalancingPeer guessed(
            Dispatcher<ByteBuf> dispatcher, Service<ByteBuf> service, PeerLink link, EnvelopeRoom room) {
        LoadBalancingPeer peer = new LoadBalancingPeer(dispatcher, service, link, room);
        peer.guess.begin();
        return peer;
    }

    @Override
    public void onOpen(long nowNanos) {
        if (guess.isUnused()) {
            envelopes.addBareDelimiter();
            tasks.perhapsReady(nowNanos);
        }
    }

    /** Whether the body that begins there is READY in either form. */
    static boolean isReady(ByteBuf message, int body) {
        return Frames.next(message, body) == message.writerIndex()
                && (FrameMatch.is(message, body, READY) || FrameMatch.is(message, body, READY_OCTET));
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
        if (guess.isUnused()) { // it speaks, so it did not wait
            guess.end();
            envelopes.removeBareDelimiter();
            tasks.notReady();
        }
        envelopes.add(message, envelopeLength);
        boolean ready = isReady(message, body);
        message.readerIndex(body);
        if (ready || !tasks.reply(message, nowNanos)) {
            takeBackGuess(nowNanos);
        }
        guess.end();
        tasks.ready(1, nowNanos); // whatever it said: a REQ that has spoken waits for a task
    }

    /**
     * READY where an answer was due, or the reply to a task of before the broker's start: the worker never saw the task that
     * it was given on a guess.
     */
    private void takeBackGuess(long nowNanos) {
        if (guess.isTask()) {
            tasks.returned(guess.idHigh(), guess.idLow(), nowNanos);
        }
    }

    @Override
    public void assign(Request<ByteBuf> request) {
        guess.assigned(request);
        tasks.assigned(request);
        envelopes.pollTo(link.outgoing().buffer());
        TaskReply.writeTask(request, link.outgoing());
    }

    @Override
    public void onGone(long nowNanos) {
        tasks.gone(nowNanos);
        envelopes.clear();
    }

    @Override
    public WorkerTasks tasks() {
        return tasks;
    }
}
