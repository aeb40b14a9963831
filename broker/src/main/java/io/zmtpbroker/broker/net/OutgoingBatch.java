package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
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
    private @Nullable ByteBuf gathered;

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
        if (gathered != null && gathered.readableBytes() >= FULL_OCTETS) {
            passOn();
        }
        if (gathered == null) {
            gathered = channel.alloc().directBuffer(INITIAL_OCTETS);
            onTouched.run();
        }
        return gathered;
    }

    @Override
    public void append(ByteBuf octets) {
        int length = octets.readableBytes();
        if (length < Borrowed.COPY_BELOW) {
            buffer().writeBytes(octets, octets.readerIndex(), length);
            return;
        }
        passOn();
        onTouched.run();
        channel.write(octets.retainedSlice(), channel.voidPromise());
    }

    /** Writes what was gathered; the channel must be open. */
    void flush() {
        passOn();
        channel.flush();
    }

    /** Drops what was gathered. */
    void release() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }

    private void passOn() {
        if (gathered != null) {
            channel.write(gathered, channel.voidPromise());
            gathered = null;
        }
    }
}
