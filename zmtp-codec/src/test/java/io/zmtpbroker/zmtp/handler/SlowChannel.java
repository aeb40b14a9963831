package io.zmtpbroker.zmtp.handler;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;

/** A channel whose peer takes what is written as slowly as the test wants. */
final class SlowChannel extends EmbeddedChannel {
    private long takes = Long.MAX_VALUE;
    private boolean broken;

    /** From now on the peer takes only what it is {@linkplain #take told} to. */
    void stall() {
        takes = 0;
    }

    /** The peer takes so many octets more. */
    void take(long octets) {
        takes = octets;
        flush();
    }

    /** From now on who wants to write meets an error, as if there were a bug. */
    void breakDown() {
        broken = true;
    }

    @Override
    public boolean isWritable() {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        return super.isWritable();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
        if (takes == Long.MAX_VALUE) {
            super.doWrite(out);
            return;
        }
        while (takes > 0 && out.current() instanceof ByteBuf octets) {
            long taken = Math.min(takes, octets.readableBytes());
            takes -= taken;
            out.removeBytes(taken);
        }
    }
}
