package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.zmtpbroker.broker.dialect.Peer;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.Outgoing;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
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
        implements ZmtpMessageListener, PeerLink, SlowPeers.SlowPeer, LongAnswers.Receiver {

    /** After so many messages in a row that a correct peer never sends the peer is closed. */
    static final int MAX_FAULTS = 100;

    private final DispatchLoop loop;
    private final EndpointRole role;
    private final Endpoint endpoint;
    private final Channel channel;
    private final OutgoingFlow outgoing;
    private final ReadGate gate;
    private final HeldInput held;
    private final ClientTurn turn;
    private final UnknownAnswers unknownAnswers;

    /** Null for a connection that we made. */
    private final @Nullable Arrival arrival;

    /** Null until the handshake is over. */
    private @Nullable Peer peer;

    /** Who the peer has shown itself to be; nobody until the handshake is over. */
    private ZmtpUser user = ZmtpUser.ANONYMOUS;

    private boolean touched;
    private boolean leaving;
    private int faults;

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
        this.gate = new ReadGate(channel);
        this.outgoing = new OutgoingFlow(this, loop, channel, gate);
        this.held = new HeldInput(this, loop, gate, arrival == null ? new AddressUse(null) : arrival.address);
        this.turn = new ClientTurn(this, loop, gate, held);
        this.unknownAnswers = new UnknownAnswers(held.address(), loop.nowNanos());
        this.arrival = arrival;
        if (arrival != null) {
            arrival.connection = this;
        }
    }

    @Nullable
    Arrival arrival() {
        return arrival;
    }

    UnreadShare unread() {
        return outgoing.unread();
    }

    ReadGate gate() {
        return gate;
    }

    EndpointRole role() {
        return role;
    }

    ClientTurn turn() {
        return turn;
    }

    /** Whether the connection has not ended. */
    boolean isHere() {
        return channel.isActive();
    }

    /** Null until the handshake is over, and when the connection has ended. */
    @Nullable
    Peer peer() {
        return peer;
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
        return outgoing.batch();
    }

    @Override
    public String user() {
        return user.id();
    }

    @Override
    public Object place() {
        return held.address();
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
            close("it sent " + MAX_FAULTS + " messages without meaning, " + reason.label() + " the last");
        } else if (reason == DropReason.UNKNOWN_REQUEST && unknownAnswers.isOneTooMany(loop.nowNanos())) {
            loop.counters().connectionFaulty();
            leaving = true; // what came with the same read is not heard
            close("it, or its address, sent more than " + UnknownAnswers.MAX_PER_SECOND
                    + " answers a second to requests that are not there");
        }
    }

    @Override
    public void refused(String reason) {
        loop.counters().connectionForbidden();
        leaving = true; // what came with the same read is not heard
        close(reason);
    }

    @Override
    public void closeToMakeRoom(String reason) {
        loop.counters().connectionHolding();
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
            loop.ticks().add(next, this::fail);
        }
        loop.turns().arrived(turn);
    }

    // ---- what Netty reports

    @Override
    public void onMessage(ByteBuf message) {
        if (peer == null || leaving || faults >= MAX_FAULTS) {
            return;
        }
        if (turn.isOneTooMany()) {
            dropped(DropReason.QUEUE_FULL);
            return;
        }
        int faultsBefore = faults;
        peer.onMessage(message, loop.nowNanos());
        if (faults == faultsBefore) {
            faults = 0;
        }
        if (peer != null) {
            turn.delivered(peer);
        }
    }

    @Override
    public boolean keepsForItsTurn(ByteBuf message) {
        return turn.keeps(message);
    }

    @Override
    public void onHeld(long octets) {
        held.undelivered(octets);
    }

    @Override
    public void requestEnded() {
        if (turn.isOwnQueueFull()) {
            touch();
        }
    }

    @Override
    public void gathered(long octets) {
        held.gathered(octets);
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
                become(loop.openPeer(handshake.peer(), this));
            } else {
                closeAsRevoked();
            }
            return;
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        touch();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        try {
            turn.deliverFirst();
        } finally {
            ended();
        }
    }

    private void ended() {
        loop.closed(this);
        held.ended();
        outgoing.unread().ended();
        outgoing.batch().release();
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
            loop.failed(this, cause);
        }
        channel.close();
    }

    // ---- the end of the turn

    /** Something is to be written at the end of the turn, or the outgoing side is full, or empty again. */
    void touch() {
        if (!touched) {
            touched = true;
            loop.touched(this);
        }
    }

    /** Writes what the turn has brought, and tells the dialect how the writing goes. */
    void endTurn() {
        touched = false;
        if (channel.isActive()) {
            outgoing.endTurn(peer);
        } else {
            outgoing.batch().release();
        }
        turn.endTurn();
    }

    /** All that was appended has been handed to the kernel. */
    void written() {
        if (peer != null) {
            peer.onWritten();
        }
    }

    @Override
    public void noLongAnswers() {
        outgoing.noLongAnswers(peer);
    }

    @Override
    public long waitingOctets() {
        return outgoing.waitingOctets();
    }

    // ---- ends that we choose

    @Override
    public void closeAsSlow(String reason) {
        outgoing.unread().ended();
        loop.slowPeers().remove(this); // nobody closes, and counts, it twice
        loop.counters().connectionSlow();
        close(reason);
    }

    /** Delivers what is there, then ends the sending side with FIN, and ignores what still comes. */
    void leave() {
        leaving = true;
        if (peer == null) {
            channel.close();
            return;
        }
        outgoing.batch().flush(channel.voidPromise());
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
        close("its credential was taken away or changed");
    }

    /** Closes at once, because of an error of our own. */
    void fail(Throwable cause) {
        loop.failed(this, cause);
        close();
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
