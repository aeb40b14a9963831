package io.zmtpbroker.broker.socket;

import io.netty.buffer.ByteBufAllocator;

/** A connection, as the dialect sees it that speaks on it. Confined to the dispatch loop. */
public interface PeerLink {

    /** What goes out to this peer. */
    Outgoing outgoing();

    /** Where buffers come from that outlive the message they are copied from. */
    ByteBufAllocator allocator();

    /** Counts a message of this peer that was dropped; a peer that sends such messages for long is closed. */
    void dropped(DropReason reason);
}
