package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.dispatch.TaskPort;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.wire.Frames;

/**
 * A Paranoid Pirate worker (6/PPP): a DEALER whose control messages have no delimiter.
 *
 * <pre>
 * worker -> broker    [01] READY     [02] HEARTBEAT     [id, "", answer...]
 * broker -> worker    [02] HEARTBEAT                    [id, "", body...]
 * </pre>
 *
 * <p>Every message counts as a sign of life. A heartbeat from a worker that has not said READY counts as READY: it was, to
 * the broker before a restart. A worker that is idle and silent for three intervals is given up and its connection closed,
 * so that it comes back, if it lives, as 6/PPP has it.
 */
public final class PiratePeer implements WorkerSide, TaskPort<ByteBuf> {

    static final int READY = 1;
    static final int HEARTBEAT = 2;

    private static final int CONTROL_LENGTH = 3;

    private final PeerLink link;
    private final WorkerTasks tasks;
    private final Liveness liveness;
    private boolean ready;

    /** Opens a worker that is ready when its first message has said so. */
    public PiratePeer(Dispatcher<ByteBuf> dispatcher, Service<ByteBuf> service, PeerLink link, Liveness liveness) {
        this.link = link;
        this.tasks = new WorkerTasks(dispatcher, service, link, this);
        this.liveness = liveness;
    }

    /** Whether a message is READY or HEARTBEAT: one frame of that one octet. */
    static boolean isControl(ByteBuf message) {
        if (message.readableBytes() != CONTROL_LENGTH) {
            return false;
        }
        int octet = FrameMatch.octet(message, message.readerIndex());
        return octet == READY || octet == HEARTBEAT;
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        liveness.heard(nowNanos);
        if (isControl(message)) {
            if (!ready || tasks.isIdleAgain()) { // a worker of the guide's ignores a task that is not three frames
                ready = true;
                tasks.ready(1, nowNanos);
            }
            return;
        }
        if (!ready) {
            link.dropped(DropReason.NOT_READY);
            return;
        }
        if (tasks.reply(message, nowNanos)) {
            tasks.ready(1, nowNanos);
        }
    }

    @Override
    public boolean wantsTicks() {
        return true;
    }

    @Override
    public void onTick(long nowNanos) {
        if (tasks.isIdle() && liveness.isOver(nowNanos)) {
            link.close("it was silent for " + Liveness.INTERVALS + " heartbeats");
        } else if (liveness.isBeatDue(nowNanos)) {
            ByteBuf out = link.outgoing().buffer();
            Frames.writeHeader(out, false, 1);
            out.writeByte(HEARTBEAT);
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
