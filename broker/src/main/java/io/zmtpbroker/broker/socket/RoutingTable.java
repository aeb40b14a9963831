package io.zmtpbroker.broker.socket;

import io.zmtpbroker.zmtp.RoutingId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has which routing id, among the peers of a ROUTER. Each user has names of its own: nobody can take the place of another by
 * calling himself so. Anonymous peers are not in it: what tells them apart is their
 * connection, so no name that a peer gives itself can be theirs (28/REQREP, "The ROUTER Socket Type").
 *
 * @param <T> a peer
 */
public final class RoutingTable<T> {

    private final Map<Name, T> peers = new HashMap<>();

    private record Name(String user, RoutingId id) {}

    /** The peer of that name, or null. */
    public @Nullable T find(String user, RoutingId id) {
        return peers.get(new Name(user, id));
    }

    /** Gives a name to a peer. */
    public void put(String user, RoutingId id, T peer) {
        peers.put(new Name(user, id), peer);
    }

    /** Takes a name back. */
    public void remove(String user, RoutingId id) {
        peers.remove(new Name(user, id));
    }

    /** How many names are in use. */
    public int size() {
        return peers.size();
    }
}
