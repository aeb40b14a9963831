package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.SingleThreadEventLoop;
import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.dialect.Peer;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Intake;
import io.zmtpbroker.broker.observe.Counters;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpUser;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
final class DispatchLoop implements Intake {

    /** What may wait for slow clients at least, however short the queue is. */
    private static final long SLOW_PEERS_OCTETS = 16L << 20;

    private final SingleThreadEventLoop eventLoop;
    private final Dispatcher<ByteBuf> dispatcher;
    private final PeerFactory peers;
    private final DeadlineTimer timer;
    private final Ticks ticks;
    private final Access access;
    private final int maxMessageLength;
    private final Counters counters = new Counters();
    private final ConnectionLog log = new ConnectionLog();
    private final SlowPeers slowPeers;
    private final Set<PeerConnection> connections = new LinkedHashSet<>();
    private final List<PeerConnection> touched = new ArrayList<>();
    private final Runnable endOfTurn = this::endTurn; // one for all turns
    private final Set<PeerConnection> waitingForRoom = new LinkedHashSet<>();
    private @Nullable Runnable endOfTurnListener;
    private boolean inTurn;
    private long turnNanos;
    private boolean queueFull;

    /** Whether the queue has become full in this turn, so that clients must be stopped that said nothing. */
    private boolean stopAll;

    DispatchLoop(SingleThreadEventLoop eventLoop, DispatchConfig config, NetOptions options) {
        this.eventLoop = eventLoop;
        this.dispatcher = new Dispatcher<>(config, new RandomIds(new SecureRandom()), this);
        this.access = options.access().access();
        this.maxMessageLength = (int) options.limits().zmtp().maxMessageLength();
        this.peers = new PeerFactory(dispatcher, options, eventLoop.ticker().nanoTime());
        this.slowPeers = new SlowPeers(Math.max(config.maxQueuedOctets(), SLOW_PEERS_OCTETS));
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

    void opened(PeerConnection connection) {
        counters.connectionAccepted();
        connections.add(connection);
    }

    void closed(PeerConnection connection) {
        connections.remove(connection);
        slowPeers.remove(connection);
        waitingForRoom.remove(connection);
        beginTurn();
    }

    /** Null if the peer is one that its user may not be. */
    @Nullable
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
            log.failed(connection, e, turnNanos);
            connection.close();
        }
    }

    private void onTimer() {
        long nowNanos = nowNanos();
        dispatcher.onTick(nowNanos);
        if (slowPeers.areHarmful(queueFull)) {
            slowPeers.closeImpatiently(nowNanos);
        }
    }

    private void setTimer() {
        if (dispatcher.hasDeadline()) {
            timer.goOffBy(dispatcher.nextDeadlineNanos(), turnNanos);
        }
        if (slowPeers.areHarmful(queueFull)) {
            timer.goOffBy(turnNanos + SlowPeers.PATIENCE_NANOS, turnNanos);
        }
    }

    // ---- back-pressure

    boolean isQueueFull() {
        return queueFull;
    }

    void readAgainWhenThereIsRoom(PeerConnection connection) {
        waitingForRoom.add(connection);
    }

    @Override
    public void pause() {
        queueFull = true;
        stopAll = true;
    }

    @Override
    public void resume() {
        queueFull = false;
    }

    /** Whether there are clients that are not read for want of room. */
    boolean isAnybodyWaitingForRoom() {
        return !waitingForRoom.isEmpty();
    }

    private void stopOrStartReading() {
        if (queueFull) {
            if (stopAll) {
                connections.forEach(PeerConnection::waitForRoom);
            }
            stopAll = false;
            return;
        }
        stopAll = false;
        if (waitingForRoom.isEmpty()) {
            return;
        }
        for (PeerConnection connection : waitingForRoom) {
            connection.gate().open(ReadGate.Reason.QUEUE_FULL);
        }
        waitingForRoom.clear();
    }
}
