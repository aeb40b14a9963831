package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dialect.Peer;
import io.zmtpbroker.zmtp.wire.Borrowed;

/**
 * How much of one connection is let in, if it is a client's: all while there is room, one message a turn while the queue is
 * full ({@link ClientTurns}), nothing while as many of its own requests are open as may be. Confined to the dispatch loop.
 */
final class ClientTurn implements ClientTurns.Taker {

    private final PeerConnection connection;
    private final DispatchLoop loop;
    private final ReadGate gate;
    private final HeldInput held;

    /** Whether as many of the client's own requests are open as may be. It is looked at again when one of them has ended. */
    private boolean ownQueueFull;

    ClientTurn(PeerConnection connection, DispatchLoop loop, ReadGate gate, HeldInput held) {
        this.connection = connection;
        this.loop = loop;
        this.gate = gate;
        this.held = held;
    }

    /**
     * Whether a message that comes is one too many: of a client that has gone, which cannot wait with it, while an eighth
     * more is queued than may be.
     */
    boolean isOneTooMany() {
        if (!loop.turns().isPressed() || connection.isHere() || !isClient()) {
            return false;
        }
        deliverFirst();
        return loop.isOverfull();
    }

    /** The peer has taken a message. */
    void delivered(Peer peer) {
        if (loop.turns().isPressed() && peer.isClient()) {
            loop.turns().delivered(this);
        }
        if (peer.queuedOctets() >= loop.memory().maxClientOctets()) {
            ownQueueFull = true;
            gate.close(ReadGate.Reason.OWN_QUEUE_FULL);
            loop.ownQueueIsFull(this);
        }
    }

    boolean isOwnQueueFull() {
        return ownQueueFull;
    }

    /** At the end of a turn that concerned the connection: the client is read again if its own requests are few enough. */
    void endTurn() {
        if (ownQueueFull && hasOwnRoom()) {
            ownQueueFull = false;
            gate.open(ReadGate.Reason.OWN_QUEUE_FULL);
            loop.ownQueueHasRoom(this);
        }
    }

    private boolean hasOwnRoom() {
        long max = loop.memory().maxClientOctets();
        Peer peer = connection.peer();
        return peer == null || peer.queuedOctets() <= max - max / 8;
    }

    /** Keeps a message that has just shown that the peer is a client, if the queue is full; returns whether it did. */
    boolean keeps(ByteBuf message) {
        if (!isClient() || !loop.turns().isFull()) {
            return false;
        }
        held.keepFirst(Borrowed.keep(message, connection.allocator()));
        return true;
    }

    /** Delivers what {@link #keeps} kept, which is in front of all others; returns whether there was such a message. */
    boolean deliverFirst() {
        ByteBuf first = held.takeFirst();
        if (first == null) {
            return false;
        }
        try {
            connection.onMessage(first);
        } finally {
            first.release();
        }
        return true;
    }

    @Override
    public boolean isClient() {
        Peer peer = connection.peer();
        return peer != null && peer.isClient();
    }

    @Override
    public void stop() {
        gate.close(ReadGate.Reason.QUEUE_FULL);
    }

    @Override
    public void takeOne() {
        if (!deliverFirst()) {
            gate.letKeptIn(ReadGate.Reason.QUEUE_FULL);
        }
    }

    @Override
    public void goOn() {
        gate.open(ReadGate.Reason.QUEUE_FULL);
    }

    @Override
    public void fail(Throwable cause) {
        connection.fail(cause);
    }
}
