package io.zmtpbroker.broker.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** The connection of a peer that is on none: what goes out on it is lost. */
public enum NoPeer implements PeerLink, Outgoing {
    /** It has no state, so there is but one. */
    LINK;

    @Override
    public Outgoing outgoing() {
        return this;
    }

    @Override
    public ByteBuf buffer() {
        return Unpooled.buffer();
    }

    @Override
    public void append(ByteBuf octets) {}

    @Override
    public String user() {
        return "";
    }

    @Override
    public Object place() {
        return this;
    }

    @Override
    public ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public int maxMessageLength() {
        return 0;
    }

    @Override
    public void dropped(DropReason reason) {}

    @Override
    public void close(String reason) {}

    @Override
    public void closeToMakeRoom(String reason) {}

    @Override
    public void refused(String reason) {}

    @Override
    public void replace() {}
}
