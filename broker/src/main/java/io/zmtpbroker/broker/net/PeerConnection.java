package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.zmtpbroker.broker.dialect.Peer;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.Outgoing;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.handler.ZmtpMessageListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection: Netty's callbacks become calls of the dialect that speaks on it, and what the dialect appends is written
 * once at the end of the loop's turn. Confined to the dispatch loop.
 *
 * <p>Nothing is decided in the middle of a write: Netty reports a full or an empty outgoing side from within writes, and the
 * dispatcher must not be entered twice. So that, too, is looked at at the end of the turn.
 */
final class PeerConnection extends ChannelInboundHandlerAdapter
        implements ZmtpMessageListener, PeerLink, ClientTurns.Taker, PartialMessages.Holder, SlowPeers.SlowPeer {

    /** After so many messages in a row that a correct peer never sends the peer is closed. */
    static final int MAX_FAULTS = 100;

    private final DispatchLoop loop;
    private final EndpointRole role;
    private final Endpoint endpoint;
    private final Channel channel;
    private final OutgoingBatch outgoing;
    private final ReadGate gate;

    /** Null for a connection that we made. */
    private final @Nullable Arrival arrival;

    private final AddressUse address;

    /** Null until the handshake is over. */
    private @Nullable Peer peer;

    /** Who the peer has shown itself to be; nobody until the handshake is over. */
    private ZmtpUser user = ZmtpUser.ANONYMOUS;

    private boolean touched;
    private boolean blocked;
    private int unwrittenFlushes;
    private boolean leaving;
    private int faults;

    /** What is held of what came and is not delivered, and of parts of replies, in octets. */
    private long heldOctets;

    private long gatheredOctets;

    /**
     * A connection of an endpoint: accepted there, or made from there.
     *
     * @param arrival null for one that we made
     */
    PeerConnection(
            DispatchLoop loop, EndpointRole role, Endpoint endpoint, Channel channel, @Nullable Arrival arrival) {
        this.loop = loop;
        this.role = role;
        this.endpoint = endpoint;
        this.channel = channel;
        this.outgoing = new OutgoingBatch(channel, this::touch);
        this.gate = new ReadGate(channel);
        this.arrival = arrival;
        this.address = arrival == null ? new AddressUse(null) : arrival.address;
        if (arrival != null) {
            arrival.connection = this;
        }
    }

    @Nullable
    Arrival arrival() {
        return arrival;
    }

    ReadGate gate() {
        return gate;
    }

    EndpointRole role() {
        return role;
    }

    ZmtpUser zmtpUser() {
        return user;
    }

    long nowNanos() {
        return loop.nowNanos();
    }

    EndpointOptions options() {
        return endpoint.options();
    }

    // ---- what the dialect sees

    @Override
    public Outgoing outgoing() {
        return outgoing;
    }

    @Override
    public String user() {
        return user.id();
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public void dropped(DropReason reason) {
        loop.counters().dropped(reason);
        if (reason.isFault() && ++faults == MAX_FAULTS) {
            loop.counters().connectionFaulty();
            loop.log()
                    .closed(
                            this,
                            "it sent " + MAX_FAULTS + " messages without meaning, " + reason.label() + " the last",
                            loop.nowNanos());
            channel.close();
        }
    }

    @Override
    public void refused(String reason) {
        loop.counters().connectionForbidden();
        leaving = true; // what came with the same read is not heard
        close(reason);
    }

    @Override
    public int maxMessageLength() {
        return loop.maxMessageLength();
    }

    @Override
    public void close(String reason) {
        loop.log().closed(this, reason, loop.nowNanos());
        channel.close();
    }

    @Override
    public void replace() {
        if (peer != null) {
            loop.ticks().remove(peer);
            peer = null;
        }
        loop.counters().connectionReplaced();
        channel.close();
    }

    /** The peer is this one from now on: its dialect has been decided. */
    void become(Peer next) {
        if (peer != null) {
            loop.ticks().remove(peer);
        }
        peer = next;
        next.onOpen(loop.nowNanos());
        if (next.wantsTicks()) {
            loop.ticks().add(next);
        }
        loop.turns().arrived(this);
    }

    // ---- what Netty reports

    @Override
    public void onMessage(ByteBuf message) {
        if (peer == null || leaving || faults >= MAX_FAULTS) {
            return;
        }
        int faultsBefore = faults;
        peer.onMessage(message, loop.nowNanos());
        if (faults == faultsBefore) {
            faults = 0;
        }
        if (loop.turns().isPressed() && peer != null && peer.isClient()) {
            loop.turns().delivered(this);
        }
        if (peer != null && peer.queuedOctets() >= loop.memory().maxClientOctets()) {
            gate.close(ReadGate.Reason.OWN_QUEUE_FULL);
            loop.ownQueueIsFull(this);
        }
    }

    /** Whether the client's own requests are few enough that it is read again. */
    boolean readAgainIfOwnQueueHasRoom() {
        long max = loop.memory().maxClientOctets();
        boolean hasRoom = peer == null || peer.queuedOctets() <= max - max / 8;
        if (hasRoom) {
            gate.open(ReadGate.Reason.OWN_QUEUE_FULL);
        }
        return hasRoom;
    }

    // ---- turns of clients

    @Override
    public boolean isClient() {
        return peer != null && peer.isClient();
    }

    @Override
    public void stop() {
        gate.close(ReadGate.Reason.QUEUE_FULL);
    }

    @Override
    public void takeOne() {
        gate.letKeptIn(ReadGate.Reason.QUEUE_FULL);
    }

    @Override
    public void goOn() {
        gate.open(ReadGate.Reason.QUEUE_FULL);
    }

    // ---- what is held

    @Override
    public void onHeld(long octets) {
        heldOctets = octets;
        loop.partials().update(this, heldOctets + gatheredOctets, gatheredOctets, loop.nowNanos());
    }

    @Override
    public void gathered(long octets) {
        gatheredOctets = octets;
        if (channel.isActive()) {
            loop.partials().update(this, heldOctets + gatheredOctets, gatheredOctets, loop.nowNanos());
        }
    }

    @Override
    public AddressUse address() {
        return address;
    }

    @Override
    public boolean isKeptFromReading() {
        return gate.isClosedOtherwise(ReadGate.Reason.PARTIAL_MESSAGES);
    }

    @Override
    public void readPartial(boolean read) {
        if (read) {
            gate.open(ReadGate.Reason.PARTIAL_MESSAGES);
        } else {
            gate.close(ReadGate.Reason.PARTIAL_MESSAGES);
        }
    }

    @Override
    public void closeAsHolder(String reason) {
        loop.counters().connectionHolding();
        close(reason);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ZmtpHandshakeComplete handshake) {
            if (arrival != null) {
                loop.arrivals().handshakeEnded(arrival);
            }
            gate.messagesMayCome();
            user = handshake.peer().user();
            if (loop.isValid(user)) { // it may have been revoked between the authenticator's answer and now
                openPeer(handshake.peer());
            } else {
                closeAsRevoked();
            }
            return;
        }
        context.fireUserEventTriggered(event);
    }

    private void openPeer(ZmtpPeer remote) {
        Peer opened = loop.openPeer(remote, this);
        if (opened == null) {
            refused("its user may not do what is done here with that socket type");
        } else {
            become(opened);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        touch();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        loop.closed(this);
        outgoing.release();
        Peer gone = peer;
        peer = null;
        if (gone != null) {
            loop.ticks().remove(gone);
            gone.onGone(loop.nowNanos());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof ZmtpProtocolException violation) {
            loop.counters().violation(violation.violation());
            loop.log().closed(this, String.valueOf(violation.getMessage()), loop.nowNanos());
        } else if (!(cause instanceof IOException)) { // a reset is an ordinary end
            loop.log().failed(this, cause, loop.nowNanos());
        }
        channel.close();
    }

    // ---- the end of the turn

    private void touch() {
        if (!touched) {
            touched = true;
            loop.touched(this);
        }
    }

    /** Writes what the turn has brought, and tells the dialect how the writing goes. */
    void endTurn() {
        touched = false;
        if (!channel.isActive()) {
            outgoing.release();
            return;
        }
        Peer current = peer;
        if (current != null && current.wantsWritten() && !outgoing.isEmpty()) {
            flushAndReport(current);
        } else {
            outgoing.flush(channel.voidPromise());
        }
        if (current != null && channel.isActive()) {
            reportBlocked(current);
        }
    }

    /**
     * A task counts as written when its first octets go to a live connection: a worker that ends in its middle, as one does that
     * finds it too long, has had its attempt. Only what waits behind octets that the kernel did not take is unwritten.
     */
    private void flushAndReport(Peer current) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (waiting == null || !waiting.isEmpty()) {
            outgoing.flush(promiseToReportWritten());
            return;
        }
        current.onWritten(); // before the flush, which may find the end of the connection when much of the task has
        // gone
        outgoing.flush(channel.voidPromise());
    }

    private ChannelPromise promiseToReportWritten() {
        unwrittenFlushes++;
        return channel.newPromise().addListener(written -> {
            unwrittenFlushes--;
            // What was appended since, and is not flushed, must not count as written with it.
            if (written.isSuccess() && unwrittenFlushes == 0 && outgoing.isEmpty() && peer != null) {
                peer.onWritten();
            }
        });
    }

    private void reportBlocked(Peer current) {
        boolean wasBlocked = blocked;
        blocked = !channel.isWritable();
        if (blocked && waitingOctets() > loop.memory().maxOutgoingOctets()) {
            closeAsSlow("it does not read, and more than " + loop.memory().maxOutgoingOctets() + " octets wait for it");
            return;
        }
        if (blocked && !wasBlocked) {
            if (current.isClient()) { // a worker that is not read could block in its own sending, and never read again
                gate.close(ReadGate.Reason.PEER_SLOW);
            }
            current.onBlocked();
        } else if (wasBlocked && !blocked && current.isClient()) {
            gate.open(ReadGate.Reason.PEER_SLOW);
        }
        if (!blocked && current.isClient() && (wasBlocked || outgoing.hadLong())) {
            loop.slowPeers().eases(this, loop.nowNanos());
        }
        if (!blocked && loop.slowPeers().isEasing(this)) {
            current.onEasing(loop.nowNanos());
        }
        if (blocked && current.isClient()) { // what waits for workers are requests, which the queue counts
            loop.slowPeers().update(this, waitingOctets(), loop.nowNanos());
        }
    }

    @Override
    public void recovered() {
        if (peer != null) {
            peer.onUnblocked(loop.nowNanos());
        }
    }

    @Override
    public long waitingOctets() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    // ---- ends that we choose

    @Override
    public void closeAsSlow(String reason) {
        loop.counters().connectionSlow();
        loop.log().closed(this, reason, loop.nowNanos());
        channel.close();
    }

    /** Delivers what is there, then ends the sending side with FIN, and ignores what still comes. */
    void leave() {
        leaving = true;
        if (peer == null) {
            channel.close();
            return;
        }
        outgoing.flush(channel.voidPromise());
        gate.openForGood();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (channel instanceof DuplexChannel duplex && channel.isActive()) {
                duplex.shutdownOutput();
            }
        });
    }

    /** Closes a peer whose credential does not hold any more. */
    void closeAsRevoked() {
        loop.counters().connectionRevoked();
        leaving = true;
        loop.log().closed(this, "its credential was taken away or changed", loop.nowNanos());
        channel.close();
    }

    /** Closes at once, whatever is still to be sent. */
    void close() {
        channel.close();
    }

    @Override
    public String toString() {
        // The peer of a Unix socket has no name of its own.
        Object where = channel.remoteAddress() instanceof InetSocketAddress peer ? peer : endpoint.address();
        String who = user.isAnonymous() ? "" : " (" + user.id() + ")";
        return role.label() + " connection of " + where + who;
    }
}
