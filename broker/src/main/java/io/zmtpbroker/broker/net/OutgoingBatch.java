package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
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

    private final Channel channel;
    private final Runnable onTouched;

    /** What was appended last and is not with the channel yet: our own buffer, or a long body that is somebody else's, too. */
    private @Nullable ByteBuf last;

    private boolean lastIsOurs;

    /** Of the longest octets that were appended lately and not copied. */
    private int longest;

    /** All that the channel was given. */
    private long passedOctets;

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
            hold(kept(octets), false);
            longest = Math.max(longest, length);
        }
    }

    /**
     * What a peer does not read must not pin more than twice as much; but when there is no memory for a copy it may, for the
     * beginning of its message is here already, and the next one must not be taken for the rest.
     */
    private ByteBuf kept(ByteBuf octets) {
        try {
            return Borrowed.keep(octets, channel.alloc());
        } catch (OutOfMemoryError e) {
            if (WantOfHeap.isShownBy(e)) {
                throw e;
            }
            return octets.retainedSlice();
        }
    }

    private void hold(ByteBuf next, boolean ours) {
        passOn(channel.voidPromise());
        last = next;
        lastIsOurs = ours;
        onTouched.run();
    }

    /** How long the longest octets are that were appended since this was asked last; 0 if all were short. */
    int takeLongest() {
        int taken = longest;
        longest = 0;
        return taken;
    }

    /** All that the channel has been given, in octets as {@link #waitingOctets} counts them. */
    long passedOctets() {
        return passedOctets;
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
            long before = waitingOctets(channel);
            channel.write(last, promise);
            last = null;
            passedOctets += waitingOctets(channel) - before;
        }
    }

    /** How many octets wait in a channel, with what Netty counts for each write; 0 if it is closed. */
    static long waitingOctets(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }
}
