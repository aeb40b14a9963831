package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.zmtpbroker.broker.dialect.Peer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing side of one connection: what its dialect appends in a turn of the loop is written once at the end of it, and
 * the dialect is told how the writing goes. Confined to the dispatch loop.
 */
final class OutgoingFlow {

    private final PeerConnection connection;
    private final DispatchLoop loop;
    private final Channel channel;
    private final ReadGate gate;
    private final OutgoingBatch batch;
    private final UnreadShare unread;
    private boolean blocked;
    private int unwrittenFlushes;

    /** Of the longest answer of late; 0 if none was long. */
    private int longest;

    OutgoingFlow(PeerConnection connection, DispatchLoop loop, Channel channel, ReadGate gate) {
        this.connection = connection;
        this.loop = loop;
        this.channel = channel;
        this.gate = gate;
        this.batch = new OutgoingBatch(channel, connection::touch);
        this.unread = new UnreadShare(connection, loop, channel, batch);
    }

    /** Where the dialect appends. */
    OutgoingBatch batch() {
        return batch;
    }

    /** What waits, as one of all that are counted together. */
    UnreadShare unread() {
        return unread;
    }

    /** How many octets the kernel has not taken yet. */
    long waitingOctets() {
        return OutgoingBatch.waitingOctets(channel);
    }

    /**
     * Writes what the turn has brought; the channel must be open.
     *
     * @param peer told how it goes; null if nobody is there to be told
     */
    void endTurn(@Nullable Peer peer) {
        if (peer != null && peer.wantsWritten() && !batch.isEmpty()) {
            flushAndReport(peer);
        } else {
            batch.flush(channel.voidPromise());
        }
        if (peer != null && channel.isActive()) {
            reportLongAnswers(peer);
            reportBlocked(peer);
            if (unread.isAny()) {
                unread.count(loop.nowNanos());
                loop.closeUnread(peer.isClient());
            }
        }
    }

    /**
     * A task counts as written when its first octets go to a live connection: a worker that ends in its middle, as one does that
     * finds it too long, has had its attempt. Only what waits behind octets that the kernel did not take is unwritten.
     */
    private void flushAndReport(Peer peer) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (waiting == null || !waiting.isEmpty()) {
            batch.flush(promiseToReportWritten());
            return;
        }
        peer.onWritten(); // before the flush, which may find the end of the connection when much of the task has gone
        batch.flush(channel.voidPromise());
    }

    private ChannelPromise promiseToReportWritten() {
        unwrittenFlushes++;
        return channel.newPromise().addListener(written -> {
            try {
                flushEnded(written);
            } catch (Throwable e) { // of which nobody else would hear
                connection.fail(e);
            }
        });
    }

    private void flushEnded(Future<?> written) {
        unwrittenFlushes--;
        // What was appended since, and is not flushed, must not count as written with it.
        if (written.isSuccess() && unwrittenFlushes == 0 && batch.isEmpty()) {
            connection.written();
        } else if (isLost(written)) {
            connection.fail(written.cause());
        }
    }

    /** Whether something that was to go out, as a task, never will, though the connection is there: it could not be sealed. */
    private boolean isLost(Future<?> written) {
        return !written.isSuccess() && channel.isActive() && !(written.cause() instanceof IOException);
    }

    private void reportBlocked(Peer peer) {
        boolean wasBlocked = blocked;
        blocked = !channel.isWritable();
        long maxOctets = loop.memory().maxOutgoingOctets();
        if (blocked && waitingOctets() > maxOctets) {
            connection.closeAsSlow("it does not read, and more than " + maxOctets + " octets wait for it");
            return;
        }
        if (blocked && !wasBlocked) {
            if (peer.isClient()) { // a worker that is not read could block in its own sending, and never read again
                gate.close(ReadGate.Reason.PEER_SLOW);
            }
            peer.onBlocked();
        } else if (wasBlocked && !blocked) {
            loop.slowPeers().remove(connection);
            gate.open(ReadGate.Reason.PEER_SLOW);
            peer.onUnblocked(loop.nowNanos());
        }
        if (blocked && peer.isClient()) { // for workers UnreadTotal is enough: they cannot fill the queue
            loop.slowPeers().update(connection, waitingOctets(), loop.nowNanos());
        }
    }

    /** A client that is sent long answers has less out from now on, for a while. */
    private void reportLongAnswers(Peer peer) {
        int appended = batch.takeLongest();
        if (!peer.isClient()) {
            return;
        }
        if (appended > longest && appended >= LongAnswers.OCTETS) {
            longest = appended;
            peer.onLongAnswers(loop.longAnswers().maxOut(appended), loop.nowNanos());
        }
        if (longest > 0 && (blocked || appended >= LongAnswers.OCTETS)) {
            loop.longAnswers().seen(connection, loop.nowNanos());
        }
    }

    /** The client was sent no long answer for a while. One that does not read is as likely to be slow as before. */
    void noLongAnswers(@Nullable Peer peer) {
        if (blocked) {
            loop.longAnswers().seen(connection, loop.nowNanos());
            return;
        }
        longest = 0;
        if (peer != null) {
            peer.onLongAnswers(Integer.MAX_VALUE, loop.nowNanos());
        }
    }
}
