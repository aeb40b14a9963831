package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.dialect.Peer;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.observe.Counters;
import io.zmtpbroker.broker.observe.Refusal;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpUser;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The turns of the one event loop that owns all state. A turn is a batch: what can be read is read and dispatched, and at its
 * end each connection it concerned is written once.
 *
 * <p>Everything here is for the loop's own thread.
 */
final class DispatchLoop {

    private final SingleThreadEventLoop eventLoop;
    private final Dispatcher<ByteBuf> dispatcher;
    private final PeerFactory peers;
    private final DeadlineTimer timer;
    private final Ticks ticks;
    private final Access access;
    private final int maxMessageLength;
    private final Counters counters = new Counters();
    private final QueueWatch queueWatch = new QueueWatch(counters);
    private final ConnectionLog log = new ConnectionLog();
    private final SlowPeers slowPeers;
    private final UnreadTotal unreadAnswers;
    private final UnreadTotal unreadTasks;
    private final LongAnswers longAnswers;
    private final Set<PeerConnection> connections = new LinkedHashSet<>();
    private final List<PeerConnection> touched = new ArrayList<>();
    private final WantOfHeap heap;
    private final Runnable endOfTurn; // one for all turns, and no task of the loop
    private final Runnable serving = this::serve;
    private final Runnable takingHandshakeSteps = this::runHandshakeSteps;
    private final TurnIntake intake = new TurnIntake(this::beginTurn);
    private final ClientTurns turns;
    private final Arrivals arrivals;
    private final HandshakeSteps handshakeSteps = new HandshakeSteps();
    private final PartialMessages partials;
    private final Set<ClientTurn> ownQueueFull = new LinkedHashSet<>();
    private final MemoryLimits memory;
    private @Nullable Runnable endOfTurnListener;
    private final long relaxedOctets;
    private final long overfullOctets;
    private boolean inTurn;
    private long turnNanos;

    /**
     * No connection is there yet.
     *
     * @param heap of the event loop
     */
    DispatchLoop(SingleThreadEventLoop eventLoop, WantOfHeap heap, DispatchConfig config, NetOptions options) {
        this.eventLoop = eventLoop;
        this.heap = heap;
        this.endOfTurn = heap.watched(this::endTurn);
        this.turns = new ClientTurns(this::everybody, this::hasMuchRoom);
        this.dispatcher = new Dispatcher<>(config, new RandomIds(new SecureRandom()), turns);
        this.relaxedOctets = config.maxQueuedOctets() / 4 * 3;
        this.overfullOctets = config.maxQueuedOctets() + config.maxQueuedOctets() / 8;
        this.access = options.access().access();
        this.maxMessageLength = (int) options.limits().zmtp().maxMessageLength();
        this.peers = new PeerFactory(dispatcher, options, eventLoop.ticker().nanoTime());
        long unreadOctets =
                Math.max(config.maxQueuedOctets(), MemoryShares.ofThisJvm().unread());
        this.slowPeers = new SlowPeers(unreadOctets);
        this.unreadAnswers = new UnreadTotal("clients", unreadOctets);
        this.unreadTasks = new UnreadTotal("workers", unreadOctets);
        this.longAnswers = new LongAnswers(unreadOctets);
        this.memory = options.limits().memory();
        this.arrivals = new Arrivals(options.limits().connections(), this::evict);
        this.partials = new PartialMessages(memory.maxPartialOctets(), maxMessageLength);
        this.ticks = new Ticks(eventLoop, this::nowNanos);
        this.timer = new DeadlineTimer(eventLoop, this::onTimer);
    }

    Dispatcher<ByteBuf> dispatcher() {
        return dispatcher;
    }

    Counters counters() {
        return counters;
    }

    ConnectionLog log() {
        return log;
    }

    WantOfHeap heap() {
        return heap;
    }

    Ticks ticks() {
        return ticks;
    }

    /** How long a message may be, in octets. */
    int maxMessageLength() {
        return maxMessageLength;
    }

    SlowPeers slowPeers() {
        return slowPeers;
    }

    /** What waits for all clients, or for all others, which are workers. */
    UnreadTotal unread(boolean clients) {
        return clients ? unreadAnswers : unreadTasks;
    }

    /** Closes clients, or workers, if too much waits for all of them. */
    void closeUnread(boolean clients) {
        UnreadTotal total = unread(clients);
        if (total.isTooMuch()) {
            List<UnreadShare> shares = connections.stream()
                    .filter(connection -> connection.turn().isClient() == clients)
                    .map(PeerConnection::unread)
                    .toList();
            total.closeUntilItFits(shares, nowNanos());
        }
    }

    LongAnswers longAnswers() {
        return longAnswers;
    }

    TurnIntake intake() {
        return intake;
    }

    ClientTurns turns() {
        return turns;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    PartialMessages partials() {
        return partials;
    }

    MemoryLimits memory() {
        return memory;
    }

    /** The time of this turn, in nanoseconds of the loop's clock: read once, when the turn begins. */
    long nowNanos() {
        beginTurn();
        return turnNanos;
    }

    // ---- connections

    /** The open connections, in the order in which they came. */
    Collection<PeerConnection> connections() {
        return Collections.unmodifiableSet(connections);
    }

    /** Whether a peer may come in; what is refused is counted and logged. */
    boolean admits(Channel channel, EndpointRole role) {
        Refusal refusal = arrivals.refuses(PeerOrigin.of(channel), connections.size(), nowNanos());
        if (refusal == null) {
            return true;
        }
        counters.connectionRefused(refusal);
        log.refused(channel.remoteAddress(), role, refusal.reason(), turnNanos);
        return false;
    }

    /** Whether the work of a handshake is done for the peer of a channel. */
    boolean mayWorkFor(Channel channel) {
        return arrivals.mayWork(PeerOrigin.of(channel), nowNanos());
    }

    /** Whether a step of such a handshake is done now; otherwise it is run in another turn. */
    boolean mayStepNow(Channel channel, Runnable step) {
        beginTurn();
        return handshakeSteps.mayStepNow(arrivals.use(PeerOrigin.of(channel)), channel, step);
    }

    private void runHandshakeSteps() {
        beginTurn();
        handshakeSteps.run();
    }

    private void evict(PeerConnection connection) {
        counters.handshakeEvicted();
        connection.close("its handshake lasts, and others wait for theirs");
    }

    void opened(PeerConnection connection) {
        counters.connectionAccepted();
        connections.add(connection);
    }

    void closed(PeerConnection connection) {
        connections.remove(connection);
        slowPeers.remove(connection);
        longAnswers.remove(connection);
        turns.remove(connection.turn());
        ownQueueFull.remove(connection.turn());
        beginTurn();
        if (connection.arrival() != null) {
            arrivals.leave(connection.arrival(), turnNanos);
        }
    }

    Peer openPeer(ZmtpPeer remote, PeerConnection connection) {
        return peers.open(remote, connection);
    }

    /** Whether a client of that user that calls itself so is connected. */
    boolean isClientHere(ZmtpUser user, RoutingId id) {
        return peers.isHere(user, id);
    }

    /** Whether the credential holds that a user came with. */
    boolean isValid(ZmtpUser user) {
        return access.isValid(user);
    }

    /** Closes the connections of those whose credentials do not hold any more; returns how many. */
    int closeRevoked() {
        List<PeerConnection> revoked = connections.stream()
                .filter(connection -> !isValid(connection.zmtpUser()))
                .toList();
        revoked.forEach(PeerConnection::closeAsRevoked);
        return revoked.size();
    }

    // ---- the turn

    /** Something is to be done for a connection when the turn ends. */
    void touched(PeerConnection connection) {
        touched.add(connection);
        beginTurn();
    }

    /** Has something called at the end of each turn, when all is written. */
    void onEndOfTurn(Runnable listener) {
        endOfTurnListener = listener;
        beginTurn();
    }

    private void beginTurn() {
        assert eventLoop.inEventLoop();
        if (!inTurn) {
            inTurn = true;
            turnNanos = eventLoop.ticker().nanoTime();
            eventLoop.executeAfterEventLoopIteration(endOfTurn);
        }
    }

    private void endTurn() {
        try {
            for (int i = 0;
                    i < touched.size();
                    i++) { // it may grow meanwhile: room on one connection is work for others
                endTurnOf(touched.get(i));
            }
            touched.clear();
            stopOrStartReading();
            if (handshakeSteps.endTurn()) {
                eventLoop.execute(takingHandshakeSteps);
            }
            intake.endTurn();
            if (endOfTurnListener != null) {
                endOfTurnListener.run();
            }
            setTimer();
        } finally {
            inTurn = false;
        }
    }

    /** What one connection meets, a bug or the end of the memory for buffers, must not end the turn for the others. */
    private void endTurnOf(PeerConnection connection) {
        try {
            connection.endTurn();
        } catch (Throwable e) {
            connection.fail(e);
        }
    }

    /** Counts and logs that a connection is closed because of an error of our own. Want of heap ends all of them. */
    void failed(PeerConnection connection, Throwable cause) {
        heap.lookAt(cause);
        counters.connectionFailed();
        log.failed(connection, cause, nowNanos());
    }

    private void onTimer() {
        long nowNanos = nowNanos();
        dispatcher.onTick(nowNanos);
        if (slowPeers.areHarmful(turns.isFull())) {
            slowPeers.closeImpatiently(nowNanos);
        }
        longAnswers.onTick(nowNanos);
        if (partials.isScarce()) {
            partials.onTick(nowNanos);
        }
    }

    private void setTimer() {
        if (dispatcher.hasDeadline()) {
            timer.goOffBy(dispatcher.nextDeadlineNanos(), turnNanos);
        }
        if (slowPeers.areHarmful(turns.isFull())) {
            timer.goOffBy(turnNanos + SlowPeers.PATIENCE_NANOS, turnNanos);
        }
        if (!longAnswers.isEmpty()) {
            timer.goOffBy(longAnswers.nextNanos(), turnNanos);
        }
        if (partials.isScarce()) {
            timer.goOffBy(turnNanos + partials.tickNanos(), turnNanos);
        }
    }

    // ---- back-pressure

    private Iterator<ClientTurns.Taker> everybody() {
        return connections.stream().<ClientTurns.Taker>map(PeerConnection::turn).iterator();
    }

    private boolean hasMuchRoom() {
        return dispatcher.queuedOctets() <= relaxedOctets;
    }

    /** Whether so much more is queued than may be that nothing is taken of clients that have gone, who cannot wait. */
    boolean isOverfull() {
        return dispatcher.queuedOctets() >= overfullOctets;
    }

    /** A client's own requests are as many as may be; it is read again when they are fewer. */
    void ownQueueIsFull(ClientTurn turn) {
        if (ownQueueFull.add(turn)) {
            counters.clientQueueFull();
        }
    }

    void ownQueueHasRoom(ClientTurn turn) {
        ownQueueFull.remove(turn);
    }

    /** Whether there are clients that are not read for want of room. */
    boolean isAnybodyUnread() {
        return turns.isAnybodyWaiting() || !ownQueueFull.isEmpty();
    }

    private void stopOrStartReading() {
        queueWatch.endTurn(turns.isFull(), dispatcher.queuedOctets(), turnNanos);
        if (turns.endTurn()) {
            eventLoop.execute(serving);
        }
    }

    private void serve() {
        beginTurn();
        turns.serve();
    }
}
