package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;

/**
 * One connected peer: its messages become events of the dispatcher. Confined to the dispatch loop; times are in nanoseconds
 * of the loop's clock.
 */
public interface Peer {

    /** The peer is here: its handshake is over, or its dialect was just decided. Called once, before all else. */
    default void onOpen(long nowNanos) {}

    /**
     * A whole message of the peer.
     *
     * @param message its frames as on the wire, borrowed for the call; the reader index may be moved
     */
    void onMessage(ByteBuf message, long nowNanos);

    /** Whether the peer asks, and so is read no more while the queue is full. */
    default boolean isClient() {
        return false;
    }

    /** What the broker holds of requests of this peer that have not ended, in octets, as the dispatcher charges them. */
    default long queuedOctets() {
        return 0;
    }

    /** Whether {@link #onTick} is to be called. */
    default boolean wantsTicks() {
        return false;
    }

    /** Time has passed: called several times a second. */
    default void onTick(long nowNanos) {}

    /** Whether {@link #onWritten} is to be called; it costs a little. */
    default boolean wantsWritten() {
        return false;
    }

    /** Everything that was appended for this peer so far has been written, or is being written, to its live connection. */
    default void onWritten() {}

    /** The peer reads too slowly: its outgoing side is full. */
    default void onBlocked() {}

    /** There is room again on the peer's outgoing side. */
    default void onUnblocked(long nowNanos) {}

    /**
     * The peer was sent long answers lately, or was not for a while.
     *
     * @param maxOut how many of its requests should be out for now; Integer.MAX_VALUE for any number
     */
    default void onLongAnswers(int maxOut, long nowNanos) {}

    /** The connection has ended. Nothing is called afterwards. */
    void onGone(long nowNanos);
}
