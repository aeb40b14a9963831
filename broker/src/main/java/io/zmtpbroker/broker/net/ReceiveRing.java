package io.zmtpbroker.broker.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandlerConfig;

/**
 * The buffers that io_uring receives into: one ring for all connections of a loop. The kernel takes a buffer when octets have
 * come, so a connection that is idle holds none, and one order to receive serves until it is withdrawn (multishot). That is
 * what makes io_uring cheaper than epoll.
 *
 * @param bufferOctets of each buffer; a power of two
 */
record ReceiveRing(int bufferOctets) {

    /** Says which ring a channel receives into. */
    static final ChannelOption<Short> OPTION = IoUringChannelOption.IO_URING_BUFFER_GROUP_ID;

    /** The only ring of a loop. */
    static final short GROUP = 1;

    /**
     * What may still come, of all peers together, until the kernel hears that they are stopped. All from the start, since
     * {@link RingIoHandler} does not let the ring grow; memory that is never used costs nothing.
     */
    static final int OCTETS = 4 << 20;

    /**
     * Twice what is kept as a slice, and so never more than a slice may pin, and half of what a peer's kernel commonly delivers at
     * once: smaller ones make long messages dearer.
     */
    private static final int LARGEST_BUFFER = 32 << 10;

    private static final int SMALLEST_BUFFER = 4 << 10;

    /**
     * How many buffers come of one peer before we can stop it. The kernel fills 32 at once (MULTISHOT_MAX_RETRY in Linux'
     * io_uring/net.c), and goes on so until it hears of it: up to 90 were seen.
     */
    static final int BUFFERS_BEFORE_STOP = 4 * 32;

    /** So many peers may be stopped at once. */
    private static final int PEERS = 128;

    /**
     * With the largest buffers, or smaller ones where memory is small: what comes of many peers before they can be stopped
     * must find room.
     *
     * @param roomOctets how much may be held of what is not whole, beside one longest message
     */
    static ReceiveRing forRoom(long roomOctets) {
        long affordable = Long.highestOneBit(Math.max(1, roomOctets / (BUFFERS_BEFORE_STOP * PEERS)));
        return new ReceiveRing((int) Math.max(SMALLEST_BUFFER, Math.min(affordable, LARGEST_BUFFER)));
    }

    /** Whether the kernel has what makes a ring worth it: since Linux 6.0. Without, epoll is as good and better known. */
    static boolean isSupported() {
        return IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported() && IoUring.isRecvMultishotEnabled();
    }

    /** A loop with this ring, where the kernel has them. */
    IoUringIoHandlerConfig loopConfig() {
        IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
        if (isSupported()) {
            short buffers = (short) (OCTETS / bufferOctets);
            config.setBufferRingConfig(IoUringBufferRingConfig.builder()
                    .bufferGroupId(GROUP)
                    .bufferRingSize(buffers)
                    .batchSize(buffers)
                    .allocator(new IoUringFixedBufferRingAllocator(bufferOctets))
                    .build());
        }
        return config;
    }
}
