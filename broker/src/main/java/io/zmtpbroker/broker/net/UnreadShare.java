package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** What waits to be sent to one client, as it is counted among {@link UnreadAnswers}. Confined to the dispatch loop. */
final class UnreadShare implements UnreadAnswers.Receiver {

    private final PeerConnection connection;
    private final UnreadAnswers all;
    private final Channel channel;
    private final OutgoingBatch batch;
    private long countedOctets;

    /** All that the kernel had taken when it was looked at last. */
    private long takenOctets;

    private long tookNanos;
    private boolean ended;

    UnreadShare(PeerConnection connection, UnreadAnswers all, Channel channel, OutgoingBatch batch) {
        this.connection = connection;
        this.all = all;
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
        all.add(waiting - countedOctets);
        countedOctets = waiting;
        return waiting;
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
