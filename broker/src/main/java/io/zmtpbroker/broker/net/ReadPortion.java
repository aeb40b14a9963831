package io.zmtpbroker.broker.net;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * How much of one connection is read before it is the turn of the next one: four buffers of at most 64 KiB, where Netty would
 * read sixteen. Enough to make reading cheap, and no more than others can wait for.
 */
final class ReadPortion {

    private static final int BUFFERS = 4;

    /** The most that is read at once, in octets. */
    static final int OCTETS = BUFFERS << 16;

    private ReadPortion() {}

    static RecvByteBufAllocator allocator() {
        return new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(BUFFERS);
    }
}
