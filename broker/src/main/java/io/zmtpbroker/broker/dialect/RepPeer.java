package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.dispatch.TaskPort;
import io.zmtpbroker.broker.socket.PeerLink;

/**
 * A plain REP worker that connects and waits, or a DEALER used like one: ready from the handshake on, and again with each
 * reply. A REP would queue further tasks unseen, and they would die with it; so it is given one at a time, unless more
 * credit is configured.
 *
 * <pre>
 * broker -> worker    [id, "", body...]
 * worker -> broker    [id, "", answer...]
 * </pre>
 */
public final class RepPeer implements WorkerSide, TaskPort<ByteBuf> {

    private final PeerLink link;
    private final WorkerTasks tasks;
    private final int credit;

    /**
     * Opens a worker that is ready.
     *
     * @param credit how many tasks it may hold at a time, at least 1
     */
    public RepPeer(Dispatcher<ByteBuf> dispatcher, Service<ByteBuf> service, PeerLink link, int credit) {
        this.link = link;
        this.tasks = new WorkerTasks(dispatcher, service, link, this);
        this.credit = credit;
    }

    @Override
    public void onOpen(long nowNanos) {
        tasks.ready(credit, nowNanos);
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        if (tasks.reply(message, nowNanos)) {
            tasks.ready(1, nowNanos);
        }
    }

    @Override
    public void assign(Request<ByteBuf> request) {
        tasks.assigned(request);
        TaskReply.writeTask(request, link.outgoing());
    }

    @Override
    public WorkerTasks tasks() {
        return tasks;
    }
}
