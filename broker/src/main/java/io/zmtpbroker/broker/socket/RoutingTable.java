package io.zmtpbroker.broker.socket;

import io.zmtpbroker.zmtp.RoutingId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has which routing id, among the peers of a ROUTER. Anonymous peers are not in it: what tells them apart is their
 * connection, so no name that a peer gives itself can be theirs (28/REQREP, "The ROUTER Socket Type").
 *
 * @param <T> a peer
 */
public final class RoutingTable<T> {

    private final Map<RoutingId, T> peers = new HashMap<>();

    /** The peer of that name, or null. */
    public @Nullable T find(RoutingId id) {
        return peers.get(id);
    }

    /** Gives a name to a peer. */
    public void put(RoutingId id, T peer) {
        peers.put(id, peer);
    }

    /** Takes a name back. */
    public void remove(RoutingId id) {
        peers.remove(id);
    }

    /** How many names are in use. */
    public int size() {
        return peers.size();
    }
}
