package io.zmtpbroker.zmtp.handler;

import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** Whether octets that wait for a peer go out. What is added meanwhile is no progress. */
final class OutboundProgress {
    private long pending;
    private long progress;

    /** The message whose octets go out; null when none wait. */
    private @Nullable Object current;

    /**
     * Whether some have gone since this was asked last.
     *
     * @param buffer of the channel; null when it is closed
     */
    boolean moved(@Nullable ChannelOutboundBuffer buffer) {
        if (buffer == null) {
            current = null;
            return false;
        }
        long pendingNow = buffer.totalPendingWriteBytes();
        if (pending == 0 && pendingNow == 0) {
            return false; // nearly always
        }
        Object currentNow = buffer.current();
        long progressNow = buffer.currentProgress();
        boolean moved = current != null && (pendingNow < pending || progressNow != progress || currentNow != current);
        pending = pendingNow;
        progress = progressNow;
        current = currentNow;
        return moved;
    }
}
