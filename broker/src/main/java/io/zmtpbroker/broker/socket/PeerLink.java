package io.zmtpbroker.broker.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A connection, as the dialect sees it that speaks on it. Confined to the dispatch loop. */
public interface PeerLink {

    /** What goes out to this peer. */
    Outgoing outgoing();

    /** Who the peer has shown itself to be; empty for everybody where nobody is asked. */
    String user();

    /** Where the peer is, as far as limits go that peers of one address share: equal for those. */
    Object place();

    /** Where buffers come from that outlive the message they are copied from. */
    ByteBufAllocator allocator();

    /** How long a message may be, in octets. */
    int maxMessageLength();

    /** A request of this peer has ended, and its reply comes next: the broker holds less of it. */
    default void requestEnded() {}

    /**
     * Tells what is kept of parts of replies that came on this connection.
     *
     * @param octets all of it
     */
    default void gathered(long octets) {}

    /**
     * Keeps the first message of a peer that has just turned out to be a client, if the queue is full: then it is delivered
     * when it is its turn.
     *
     * @param message borrowed
     * @return whether it was kept, and so is not to be taken now
     */
    default boolean keepsForItsTurn(ByteBuf message) {
        return false;
    }

    /** Counts a message of this peer that was dropped; a peer that sends such messages for long is closed. */
    void dropped(DropReason reason);

    /**
     * Closes the connection.
     *
     * @param reason for the log: why, and nothing of what the peer sent
     */
    void close(String reason);

    /**
     * Closes the connection of a peer that does what its user may not.
     *
     * @param reason for the log, as for {@link #close}
     */
    void refused(String reason);

    /**
     * Closes the connection of a peer that did nothing wrong, since it has most of what is too little for all.
     *
     * @param reason for the log, as for {@link #close}
     */
    void closeToMakeRoom(String reason);

    /** Closes the connection since its peer is on another one now; the dialect is told nothing of it any more. */
    void replace();
}
