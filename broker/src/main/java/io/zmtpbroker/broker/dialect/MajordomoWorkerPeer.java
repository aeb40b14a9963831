package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.broker.dispatch.TaskPort;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.wire.Frames;
import org.jspecify.annotations.Nullable;

/**
 * A Majordomo worker (7/MDP and 18/MDP): a DEALER that names its service.
 *
 * <pre>
 * worker -> broker    [header, READY, service]   [header, FINAL | PARTIAL, id, "", answer...]
 * broker -> worker    [header, REQUEST, id, "", body...]
 * both                [header, HEARTBEAT]        [header, DISCONNECT]
 * </pre>
 *
 * <p>With a delimiter in front of each in 0.1. A worker that does not begin with READY, or says it twice, or asks for a
 * service of the broker's own, is told DISCONNECT and forgotten; it may begin again with READY. A worker that is idle and
 * silent for three intervals is given up and its connection closed.
 */
public final class MajordomoWorkerPeer implements Peer, TaskPort<ByteBuf> {

    private final Dispatcher<ByteBuf> dispatcher;
    private final MajordomoVersion version;
    private final PeerLink link;
    private final Liveness liveness;

    /** Null until READY has come, and again after a goodbye of either side. */
    private @Nullable WorkerTasks tasks;

    MajordomoWorkerPeer(Dispatcher<ByteBuf> dispatcher, MajordomoVersion version, PeerLink link, Liveness liveness) {
        this.dispatcher = dispatcher;
        this.version = version;
        this.link = link;
        this.liveness = liveness;
    }

    /** Where the command of a worker's message stands, or -1 if it does not begin as one of this version. */
    static int commandAt(ByteBuf message, MajordomoVersion version) {
        int at = message.readerIndex();
        if (version.hasDelimiter()) {
            if (!FrameMatch.isDelimiter(message, at)) {
                return -1;
            }
            at = Frames.next(message, at);
        }
        boolean header = FrameMatch.is(message, at, version.workerHeader) && Frames.hasMore(message, at);
        return header ? Frames.next(message, at) : -1;
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        liveness.heard(nowNanos);
        int commandAt = commandAt(message, version);
        int command = commandAt < 0 ? -1 : FrameMatch.octet(message, commandAt);
        if (command < 0) {
            link.dropped(DropReason.BAD_COMMAND);
            return;
        }
        message.readerIndex(Frames.next(message, commandAt));
        if (command == MajordomoVersion.READY) {
            onReady(message, nowNanos);
        } else if (command == version.disconnect) {
            leave(nowNanos);
        } else if (tasks == null) {
            link.dropped(DropReason.NOT_READY);
            sendDisconnect();
        } else if (command == version.finalReply) {
            onFinal(tasks, message, nowNanos);
        } else if (command == version.partialReply) {
            tasks.partialReply(message, nowNanos);
        } else if (command != version.heartbeat) {
            link.dropped(DropReason.BAD_COMMAND);
        }
    }

    private void onReady(ByteBuf message, long nowNanos) {
        int length = message.isReadable() ? Frames.bodyLength(message, message.readerIndex()) : 0;
        boolean named = length > 0 && length <= MajordomoVersion.MAX_SERVICE_LENGTH;
        String service = named ? FrameMatch.textAt(message, message.readerIndex()) : "";
        if (tasks != null || !named || MajordomoManagement.isItsService(service)) {
            link.dropped(DropReason.BAD_READY);
            leave(nowNanos);
            sendDisconnect();
            return;
        }
        tasks = new WorkerTasks(dispatcher, dispatcher.service(service), link, this);
        tasks.ready(1, nowNanos);
    }

    private void onFinal(WorkerTasks current, ByteBuf message, long nowNanos) {
        if (current.reply(message, nowNanos)) {
            current.ready(1, nowNanos);
        }
    }

    private void leave(long nowNanos) {
        WorkerTasks left = tasks;
        tasks = null;
        if (left != null) {
            left.left(nowNanos);
        }
    }

    private void sendDisconnect() {
        writeCommand(link.outgoing().buffer(), version.disconnect, false);
    }

    private void writeCommand(ByteBuf out, int command, boolean more) {
        if (version.hasDelimiter()) {
            Frames.writeHeader(out, true, 0);
        }
        Frames.writeHeader(out, true, version.workerHeader.length());
        ByteBufUtil.writeAscii(out, version.workerHeader);
        Frames.writeHeader(out, more, 1);
        out.writeByte(command);
    }

    @Override
    public boolean wantsTicks() {
        return true;
    }

    @Override
    public void onTick(long nowNanos) {
        WorkerTasks current = tasks;
        if (current == null) {
            return;
        }
        if (current.isIdle() && liveness.isOver(nowNanos)) {
            link.close("it was silent for " + Liveness.INTERVALS + " heartbeats");
        } else if (liveness.isBeatDue(nowNanos)) {
            writeCommand(link.outgoing().buffer(), version.heartbeat, false);
        }
    }

    @Override
    public void assign(Request<ByteBuf> request) {
        if (tasks == null) {
            throw new AssertionError("a task without READY");
        }
        tasks.assigned(request);
        writeCommand(link.outgoing().buffer(), MajordomoVersion.REQUEST, true);
        TaskReply.writeTask(request, link.outgoing());
    }

    @Override
    public boolean wantsWritten() {
        return true;
    }

    @Override
    public void onWritten() {
        if (tasks != null) {
            tasks.written();
        }
    }

    @Override
    public void onGone(long nowNanos) {
        if (tasks != null) {
            tasks.gone(nowNanos);
        }
    }
}
