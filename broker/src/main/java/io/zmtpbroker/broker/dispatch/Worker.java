package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import io.zmtpbroker.broker.dispatch.IntrusiveList.Link;

/**
 * A connection that can be given tasks. Made by {@link Dispatcher#openWorker}.
 *
 * @param <P> what a request carries
 */
public final class Worker<P extends ReferenceCounted> {

    final Service<P> service;
    final TaskPort<P> port;
    final WorkerKind kind;
    final Principal principal;
    final Link<Worker<P>> idle = new Link<>(this);

    /** In order of their hand-out, so those that are written come before those that are not. */
    final IntrusiveList<Request<P>> held = new IntrusiveList<>();

    boolean gone;

    private int credit;
    private long tasksAssigned;
    private long tasksWritten;

    Worker(Service<P> service, TaskPort<P> port, WorkerKind kind, Principal principal) {
        this.service = service;
        this.port = port;
        this.kind = kind;
        this.principal = principal;
        service.workers++;
    }

    /** Tasks it may still be given. */
    public int credit() {
        return credit;
    }

    /** Tasks it was given whose attempt has not ended. */
    public int held() {
        return held.size();
    }

    void addCredit(int more) {
        credit = (int) Math.min((long) credit + more, Integer.MAX_VALUE);
    }

    void dropCredit() {
        credit = 0;
    }

    void hold(Request<P> request) {
        assert credit > 0 : "a task without credit";
        credit--;
        request.worker = this;
        request.takenBy(principal);
        request.taskNumber = ++tasksAssigned;
        held.addLast(request.place);
    }

    void release(Request<P> request) {
        assert request.worker == this : "held by another worker";
        request.place.unlink();
        request.worker = null;
    }

    void writtenSoFar() {
        tasksWritten = tasksAssigned;
    }

    boolean hasWritten(Request<P> request) {
        return request.taskNumber <= tasksWritten;
    }

    void leave(long nowNanos) {
        gone = true;
        credit = 0;
        if (--service.workers == 0) {
            service.unofferedSinceNanos = nowNanos;
        }
    }
}
