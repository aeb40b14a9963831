package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** What waits to be sent to one peer, as it is counted in an {@link UnreadTotal}. Confined to the dispatch loop. */
final class UnreadShare implements UnreadTotal.Receiver {

    private final PeerConnection connection;
    private final DispatchLoop loop;
    private final Channel channel;
    private final OutgoingBatch batch;

    /** Where it is counted: among clients once it is known to be one. */
    private UnreadTotal all;

    private long countedOctets;

    /** All that the kernel had taken when it was looked at last. */
    private long takenOctets;

    private long tookNanos;
    private boolean ended;

    UnreadShare(PeerConnection connection, DispatchLoop loop, Channel channel, OutgoingBatch batch) {
        this.connection = connection;
        this.loop = loop;
        this.all = loop.unread(false);
        this.channel = channel;
        this.batch = batch;
    }

    /** Whether something waits, or did when it was counted last. */
    boolean isAny() {
        return countedOctets != 0 || OutgoingBatch.waitingOctets(channel) != 0;
    }

    @Override
    public long count(long nowNanos) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long waiting = buffer == null || ended ? 0 : buffer.totalPendingWriteBytes();
        // what waits counts whole until all of it is taken, and what is taken shows before
        long taken = batch.passedOctets() - (waiting == 0 ? 0 : waiting - buffer.currentProgress());
        if (countedOctets == 0 || taken > takenOctets) {
            takenOctets = taken;
            tookNanos = nowNanos;
        }
        moveTo(loop.unread(connection.turn().isClient()));
        all.add(waiting - countedOctets);
        countedOctets = waiting;
        return waiting;
    }

    private void moveTo(UnreadTotal total) {
        if (total != all) {
            all.add(-countedOctets);
            countedOctets = 0;
            all = total;
        }
    }

    @Override
    public long tookNanos() {
        return tookNanos;
    }

    @Override
    public void closeAsUnread(String reason) {
        connection.closeAsSlow(reason);
    }

    /** The connection has ended, or will: what waits is not counted any more. */
    void ended() {
        ended = true;
        all.add(-countedOctets);
        countedOctets = 0;
    }
}
