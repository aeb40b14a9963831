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
import io.zmtpbroker.broker.socket.PeerLink;

/**
 * The tasks of one worker whose replies come on the connection that the tasks went out on. A reply counts only if it names a
 * task that this worker was given and has not replied to: it may be late, but not somebody else's.
 */
final class WorkerTasks {

    /** How many tasks of before are remembered. */
    private static final int MAX_GIVEN = 16;

    private final Dispatcher<ByteBuf> dispatcher;
    private final PeerLink link;
    private final Worker<ByteBuf> worker;
    private final HeldTasks held = new HeldTasks();

    /** Tasks whose attempts have ended and that the worker does not seem to work on; a late answer is still its own. */
    private final HeldTasks given = new HeldTasks();

    private final GatheredReply gathered;

    /** Opens a worker of a service, without credit. */
    WorkerTasks(Dispatcher<ByteBuf> dispatcher, Service<ByteBuf> service, PeerLink link, TaskPort<ByteBuf> port) {
        this.dispatcher = dispatcher;
        this.link = link;
        this.gathered = new GatheredReply(link.allocator(), link.maxMessageLength());
        this.worker = dispatcher.openWorker(service, port, WorkerKind.ANSWERS_HERE, Principal.of(link.user()));
    }

    boolean isIdle() {
        return held.isEmpty();
    }

    /** The worker can take so many more tasks. */
    void ready(int credit, long nowNanos) {
        dispatcher.onReady(worker, credit, nowNanos);
    }

    /** The worker, which is silent, is taken to be ready for one. */
    void perhapsReady(long nowNanos) {
        dispatcher.onPerhapsReady(worker, nowNanos);
    }

    /** It is not ready after all. */
    void notReady() {
        dispatcher.onNotReady(worker);
    }

    /**
     * The worker, which holds one task at a time, says that it is idle. If the attempt at its task has ended, it is taken at its
     * word.
     *
     * @return whether it can take another task
     */
    boolean isIdleAgain() {
        if (held.isEmpty() || worker.held() > 0) {
            return false;
        }
        given.addAll(held, MAX_GIVEN);
        return true;
    }

    /** The worker is being given a task. */
    void assigned(Request<ByteBuf> request) {
        held.add(request);
    }

    /**
     * The worker has replied.
     *
     * @param message its reader index at {@code [id, "", body...]}; it is moved
     * @return whether this ended a task of the worker, so that it can take another
     */
    boolean reply(ByteBuf message, long nowNanos) {
        if (!TaskReply.isAt(message)) {
            link.dropped(DropReason.BAD_REPLY);
            return false;
        }
        TaskReply.skipIdHeader(message);
        long idHigh = message.readLong();
        long idLow = message.readLong();
        boolean wasHeld = held.remove(idHigh, idLow);
        if (!wasHeld && !given.remove(idHigh, idLow)) {
            link.dropped(DropReason.NOT_ITS_TASK);
            return false;
        }
        TaskReply.skipDelimiter(message);
        if (!wasHeld || gathered.isEmpty()) {
            answer(idHigh, idLow, message, nowNanos);
            return wasHeld;
        }
        ByteBuf whole = gathered.finish(message);
        link.gathered(0);
        try {
            answer(idHigh, idLow, whole, nowNanos);
        } finally {
            whole.release();
        }
        return true;
    }

    private void answer(long idHigh, long idLow, ByteBuf content, long nowNanos) {
        switch (dispatcher.onAnswer(worker, idHigh, idLow, content, nowNanos)) {
            case UNKNOWN -> link.dropped(DropReason.UNKNOWN_REQUEST);
            case NOT_THEIRS -> link.dropped(DropReason.NOT_ITS_TASK);
            case ANSWERED, LATE, CLIENT_GONE -> {} // the dispatcher counts them
        }
    }

    /**
     * The worker, which holds one task at a time, has sent a part of its reply.
     *
     * @param message as for {@link #reply}
     */
    void partialReply(ByteBuf message, long nowNanos) {
        if (!TaskReply.isAt(message)) {
            link.dropped(DropReason.BAD_REPLY);
            return;
        }
        TaskReply.skipIdHeader(message);
        long idHigh = message.readLong();
        long idLow = message.readLong();
        if (!held.contains(idHigh, idLow)) {
            link.dropped(DropReason.NOT_ITS_TASK);
            return;
        }
        TaskReply.skipDelimiter(message);
        switch (dispatcher.onPartial(worker, idHigh, idLow, message, nowNanos)) {
            case UNKNOWN -> link.dropped(DropReason.UNKNOWN_REQUEST);
            case NOT_THEIRS -> link.dropped(DropReason.NOT_ITS_TASK);
            case GATHER -> gather(message);
            case DELIVERED, CLIENT_GONE -> {} // the dispatcher counts them
        }
    }

    private void gather(ByteBuf part) {
        boolean fits = gathered.add(part);
        link.gathered(gathered.occupied());
        if (!fits) {
            link.dropped(DropReason.REPLY_TOO_LONG);
            link.close("the parts of its reply are longer than a message may be");
        }
    }

    /** The worker never got a task: it goes back to the front, at no cost. */
    void returned(long idHigh, long idLow, long nowNanos) {
        if (held.remove(idHigh, idLow)) {
            dispatcher.onReturned(worker, idHigh, idLow, nowNanos);
        }
    }

    void written() {
        dispatcher.onWritten(worker);
    }

    /** The connection is lost. */
    void gone(long nowNanos) {
        gathered.release();
        dispatcher.onWorkerGone(worker, nowNanos);
    }

    /** The worker said goodbye, or was given up. */
    void left(long nowNanos) {
        gathered.release();
        link.gathered(0);
        dispatcher.onWorkerLeft(worker, nowNanos);
    }
}
