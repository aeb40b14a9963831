package io.zmtpbroker.broker.net;

import io.zmtpbroker.broker.fairness.PeerNetwork;
import io.zmtpbroker.broker.observe.Refusal;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in: so many connections and so many handshakes in progress, in total and of one address. Where handshakes are
 * too many, the one that has lasted longest makes room, if it had time enough: a crowd of the silent must not keep others out,
 * while of a crowd that is quick those who came first are let in, and the others come again. Confined to the dispatch loop.
 */
final class Arrivals {

    /** How long a handshake is left in peace, however many there are. */
    static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So many seconds' worth of costly handshakes may come at once: after a restart all peers of an address do. */
    private static final int BURST_SECONDS = 10;

    private final ConnectionLimits limits;
    private final Consumer<PeerConnection> evict;
    private final Addresses addresses = new Addresses();
    private final Set<Arrival> handshakes = new LinkedHashSet<>();

    /**
     * Nobody is here.
     *
     * @param evict closes a connection whose handshake has to make room
     */
    Arrivals(ConnectionLimits limits, Consumer<PeerConnection> evict) {
        this.limits = limits;
        this.evict = evict;
    }

    /** Why a peer of that address cannot come in; null if it can. */
    @Nullable
    Refusal refuses(@Nullable PeerNetwork address, int openConnections, long nowNanos) {
        if (openConnections >= limits.maxConnections()) {
            return Refusal.CONNECTIONS;
        }
        AddressUse use = addresses.of(address);
        if (use.network != null) {
            if (use.connections >= limits.maxConnectionsPerAddress()) {
                return Refusal.ADDRESS_CONNECTIONS;
            }
            if (use.handshakes.size() >= limits.maxHandshakesPerAddress() && !makeRoom(use.handshakes, nowNanos)) {
                return Refusal.ADDRESS_HANDSHAKES;
            }
        }
        if (handshakes.size() >= limits.maxHandshakes() && !makeRoom(handshakes, nowNanos)) {
            return Refusal.HANDSHAKES;
        }
        return null;
    }

    private boolean makeRoom(Set<Arrival> among, long nowNanos) {
        Arrival oldest = among.iterator().next();
        if (nowNanos - oldest.beganNanos < GRACE_NANOS) {
            return false;
        }
        handshakeEnded(oldest);
        if (oldest.connection != null) {
            evict.accept(oldest.connection);
        }
        return true;
    }

    /** A peer of that address has come in. */
    Arrival enter(@Nullable PeerNetwork address, long nowNanos) {
        Arrival arrival = new Arrival(addresses.of(address), nowNanos);
        addresses.entered(arrival.address);
        handshakes.add(arrival);
        arrival.address.handshakes.add(arrival);
        return arrival;
    }

    /** Its handshake is complete, or will never be. May be called more than once. */
    void handshakeEnded(Arrival arrival) {
        if (handshakes.remove(arrival)) {
            arrival.address.handshakes.remove(arrival);
        }
    }

    /** Its connection has ended. */
    void leave(Arrival arrival, long nowNanos) {
        handshakeEnded(arrival);
        addresses.left(arrival.address, nowNanos);
    }

    /** What the peers of that address have. */
    AddressUse use(@Nullable PeerNetwork address) {
        return addresses.of(address);
    }

    /** Whether a costly handshake is done for a peer of that address, which is connected; if so, it counts. */
    boolean mayWork(@Nullable PeerNetwork address, long nowNanos) {
        int rate = limits.handshakesPerSecond();
        AddressUse use = addresses.of(address);
        if (rate == 0 || use.network == null) {
            return true;
        }
        if (use.handshakeRate == null) {
            use.handshakeRate = new TokenBucket(rate, (long) rate * BURST_SECONDS, nowNanos);
        }
        return use.handshakeRate.take(nowNanos);
    }

    /** How many handshakes are in progress. */
    int handshakes() {
        return handshakes.size();
    }
}
