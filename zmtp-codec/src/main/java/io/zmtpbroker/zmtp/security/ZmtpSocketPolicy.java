package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.SocketType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which socket type we announce to a peer, and so which peers we talk to. It is the same for all connections of an endpoint
 * and may be asked on any event loop.
 */
public final class ZmtpSocketPolicy {
    private final @Nullable SocketType fixed;
    private final Function<SocketType, Optional<SocketType>> choice;
    private final @Nullable SocketType onlyPeer;

    private ZmtpSocketPolicy(@Nullable SocketType fixed, Function<SocketType, Optional<SocketType>> choice) {
        this.fixed = fixed;
        this.choice = choice;
        onlyPeer = findOnlyPeer();
    }

    /**
     * The same type for every peer; peers that it may not talk to are refused.
     *
     * @param type what we are
     * @return the policy, for either role
     */
    public static ZmtpSocketPolicy fixed(SocketType type) {
        return new ZmtpSocketPolicy(type, peer -> Optional.of(type));
    }

    /**
     * A type chosen by what the peer is. It is for the accepting role alone, as the connecting one speaks first.
     *
     * @param choice our type for a peer's, empty to refuse it; pure, and called on event loops
     * @return the policy
     */
    public static ZmtpSocketPolicy byPeer(Function<SocketType, Optional<SocketType>> choice) {
        return new ZmtpSocketPolicy(null, choice);
    }

    /**
     * The type that is announced whatever the peer is.
     *
     * @return empty when the peer decides
     */
    public Optional<SocketType> fixedType() {
        return Optional.ofNullable(fixed);
    }

    /**
     * Our type for a peer.
     *
     * @param peer what the peer is
     * @return empty when we do not talk to it: by choice, or because 37/ZMTP does not allow the pair
     */
    public Optional<SocketType> typeFor(SocketType peer) {
        return choice.apply(peer).filter(ours -> ours.accepts(peer));
    }

    /**
     * What a peer must be that does not say what it is.
     *
     * @return empty unless there is exactly one type that we talk to
     */
    public Optional<SocketType> onlyPeer() {
        return Optional.ofNullable(onlyPeer);
    }

    private @Nullable SocketType findOnlyPeer() {
        List<SocketType> peers = new ArrayList<>();
        for (SocketType peer : SocketType.values()) {
            if (typeFor(peer).isPresent()) {
                peers.add(peer);
            }
        }
        return peers.size() == 1 ? peers.get(0) : null;
    }
}
