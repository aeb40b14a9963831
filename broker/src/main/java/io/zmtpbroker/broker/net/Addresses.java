package io.zmtpbroker.broker.net;

import io.zmtpbroker.broker.fairness.PeerNetwork;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is known: the addresses of those that are connected, and for a while those that were and did what is allowed at a
 * rate. The latter are bounded in number: the one that left first is forgotten first.
 */
final class Addresses {

    static final int MAX_REMEMBERED = 16_384;

    private final Map<PeerNetwork, AddressUse> connected = new HashMap<>();

    /** Nobody is connected there, but something was done that is allowed at a rate. */
    private final Map<PeerNetwork, AddressUse> remembered = new LinkedHashMap<>();

    /** Of those that are told apart by nothing. */
    private final AddressUse nowhere = new AddressUse(null);

    /** What the peers of that network have; null for those that are told apart by nothing. */
    AddressUse of(@Nullable PeerNetwork network) {
        if (network == null) {
            return nowhere;
        }
        AddressUse use = connected.get(network);
        if (use == null) {
            use = remembered.get(network);
        }
        return use != null ? use : new AddressUse(network);
    }

    /** One more is connected there. */
    void entered(AddressUse use) {
        use.connections++;
        if (use.connections == 1 && use.network != null) {
            remembered.remove(use.network);
            connected.put(use.network, use);
        }
    }

    /** One fewer is connected there. */
    void left(AddressUse use, long nowNanos) {
        use.connections--;
        if (use.connections > 0 || use.network == null) {
            return;
        }
        connected.remove(use.network);
        if (use.isAsNew(nowNanos)) {
            return;
        }
        remembered.put(use.network, use);
        if (remembered.size() > MAX_REMEMBERED) {
            Iterator<AddressUse> first = remembered.values().iterator();
            first.next();
            first.remove();
        }
    }

    /** How many are known. */
    int size() {
        return connected.size() + remembered.size();
    }
}
