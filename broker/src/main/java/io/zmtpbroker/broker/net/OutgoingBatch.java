package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.zmtpbroker.broker.socket.Outgoing;
import io.zmtpbroker.zmtp.wire.Borrowed;
import org.jspecify.annotations.Nullable;

/**
 * What a connection sends in one turn of the loop. Short octets are gathered in one buffer, long ones go to the channel as
 * they are; nothing reaches the kernel before {@link #flush}. One write for many messages is the choice that decides what a
 * request costs.
 */
final class OutgoingBatch implements Outgoing {

    private static final int INITIAL_OCTETS = 256;
    private static final int FULL_OCTETS = 64 * 1024;

    /** What takes more than one turn to come in: more is not read of one connection before it is the turn of others. */
    private static final int LONG_OCTETS = ReadPortion.OCTETS;

    private final Channel channel;
    private final Runnable onTouched;

    /** What was appended last and is not with the channel yet: our own buffer, or a long body that is somebody else's, too. */
    private @Nullable ByteBuf last;

    private boolean lastIsOurs;

    private boolean hasLong;

    /**
     * An empty batch.
     *
     * @param onTouched called whenever something is appended; must be cheap
     */
    OutgoingBatch(Channel channel, Runnable onTouched) {
        this.channel = channel;
        this.onTouched = onTouched;
    }

    @Override
    public ByteBuf buffer() {
        ByteBuf current = last;
        if (current != null && lastIsOurs && current.readableBytes() < FULL_OCTETS) {
            return current;
        }
        ByteBuf next = channel.alloc().directBuffer(INITIAL_OCTETS);
        hold(next, true);
        return next;
    }

    @Override
    public void append(ByteBuf octets) {
        int length = octets.readableBytes();
        if (length < Borrowed.COPY_BELOW) {
            buffer().writeBytes(octets, octets.readerIndex(), length);
        } else {
            hold(octets.retainedSlice(), false);
            hasLong |= length > LONG_OCTETS;
        }
    }

    private void hold(ByteBuf next, boolean ours) {
        passOn(channel.voidPromise());
        last = next;
        lastIsOurs = ours;
        onTouched.run();
    }

    /** Whether long octets were among what was appended since this was asked last. */
    boolean hadLong() {
        boolean had = hasLong;
        hasLong = false;
        return had;
    }

    /** Whether there is something that was not flushed. */
    boolean isEmpty() {
        return last == null;
    }

    /**
     * Writes what was gathered; the channel must be open.
     *
     * @param written completes when all of it has been handed to the kernel
     */
    void flush(ChannelPromise written) {
        passOn(written);
        channel.flush();
    }

    /** Drops what was gathered. */
    void release() {
        if (last != null) {
            last.release();
            last = null;
        }
    }

    private void passOn(ChannelPromise promise) {
        if (last != null) {
            channel.write(last, promise);
            last = null;
        }
    }
}
