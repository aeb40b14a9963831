package io.zmtpbroker.broker.net;

import io.zmtpbroker.broker.fairness.PeerNetwork;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the peers of one address have, together. */
final class AddressUse {

    /** Null for those that are told apart by nothing, see {@link PeerOrigin}. */
    final @Nullable PeerNetwork network;

    /** Those whose handshake is not complete, in the order in which they came. */
    final Set<Arrival> handshakes = new LinkedHashSet<>(4);

    int connections;

    /** Octets that are held of what they sent. */
    long heldOctets;

    /** How many of them wait for their turn at a long message; see {@link LongMessageTurns}. */
    int waitingLong;

    /** The last turn one of them had. */
    long lastTurn;

    /** Of costly handshakes; null until there was one. */
    @Nullable
    TokenBucket handshakeRate;

    /** Null until there was one; see {@link UnknownAnswers}. */
    @Nullable
    TokenBucket unknownAnswers;

    AddressUse(@Nullable PeerNetwork network) {
        this.network = network;
    }

    /** Whether nothing is lost if it is forgotten when nobody is connected there. */
    boolean isAsNew(long nowNanos) {
        return isFull(handshakeRate, nowNanos) && isFull(unknownAnswers, nowNanos);
    }

    private static boolean isFull(@Nullable TokenBucket bucket, long nowNanos) {
        return bucket == null || bucket.isFull(nowNanos);
    }
}
