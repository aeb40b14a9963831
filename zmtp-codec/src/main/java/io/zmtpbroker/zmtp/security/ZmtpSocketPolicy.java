package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which socket type we announce to a peer, and so which peers we talk to. It is the same for all connections of an endpoint
 * and may be asked on any event loop.
 */
public final class ZmtpSocketPolicy {
    private final @Nullable SocketType fixed;
    private final Function<SocketType, Optional<SocketType>> choice;
    private final BiPredicate<ZmtpUser, SocketType> mayBe;
    private final BiPredicate<ZmtpUser, RoutingId> isTaken;
    private final @Nullable SocketType onlyPeer;

    private ZmtpSocketPolicy(
            @Nullable SocketType fixed,
            Function<SocketType, Optional<SocketType>> choice,
            BiPredicate<ZmtpUser, SocketType> mayBe,
            BiPredicate<ZmtpUser, RoutingId> isTaken) {
        this.fixed = fixed;
        this.choice = choice;
        this.mayBe = mayBe;
        this.isTaken = isTaken;
        onlyPeer = findOnlyPeer();
    }

    /**
     * The same type for every peer; peers that it may not talk to are refused.
     *
     * @param type what we are
     * @return the policy, for either role
     */
    public static ZmtpSocketPolicy fixed(SocketType type) {
        return new ZmtpSocketPolicy(type, peer -> Optional.of(type), (user, peer) -> true, (user, id) -> false);
    }

    /**
     * A type chosen by what the peer is. It is for the accepting role alone, as the connecting one speaks first.
     *
     * @param choice our type for a peer's, empty to refuse it; pure, and called on event loops
     * @return the policy
     */
    public static ZmtpSocketPolicy byPeer(Function<SocketType, Optional<SocketType>> choice) {
        return new ZmtpSocketPolicy(null, choice, (user, peer) -> true, (user, id) -> false);
    }

    /**
     * This policy, but refusing users that may not be what they come as. They are told so in the handshake, by ERROR 400 as from an
     * authenticator, where the mechanism has a way to tell it.
     *
     * @param mayBe whether a user may have a socket type, which is one that we talk to; the user is {@link
     *     ZmtpUser#ANONYMOUS} where nobody was asked; pure, and called on event loops
     * @return another policy
     */
    public ZmtpSocketPolicy permitting(BiPredicate<ZmtpUser, SocketType> mayBe) {
        return new ZmtpSocketPolicy(fixed, choice, mayBe, isTaken);
    }

    /**
     * Whether a user may be what it comes as.
     *
     * @param user who the peer is
     * @param peer what it is
     * @return true unless the policy says otherwise; nothing is said of whether we talk to such peers at all
     */
    public boolean permits(ZmtpUser user, SocketType peer) {
        return mayBe.test(user, peer);
    }

    /**
     * This policy, but refusing peers whose routing id belongs to another peer.
     *
     * @param isTaken whether a routing id, never the empty one, is in use, as far as it concerns a user; called on event loops
     * @return another policy
     */
    public ZmtpSocketPolicy refusingTaken(BiPredicate<ZmtpUser, RoutingId> isTaken) {
        return new ZmtpSocketPolicy(fixed, choice, mayBe, isTaken);
    }

    /**
     * Whether a peer of that name is refused.
     *
     * @param user who the peer is
     * @param id what it calls itself; the empty one is never taken
     * @return false unless the policy refuses names that are in use
     */
    public boolean isTaken(ZmtpUser user, RoutingId id) {
        return !id.isEmpty() && isTaken.test(user, id);
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
