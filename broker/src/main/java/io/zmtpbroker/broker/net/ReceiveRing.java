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
 */
final class ReceiveRing {

    /** Says which ring a channel receives into. */
    static final ChannelOption<Short> OPTION = IoUringChannelOption.IO_URING_BUFFER_GROUP_ID;

    /** The only ring of a loop. */
    static final short GROUP = 1;

    /**
     * Of each buffer. Twice what is kept as a slice, and so never more than a slice may pin, and half of what a peer's kernel
     * commonly delivers at once.
     */
    private static final int BUFFER_OCTETS = 32 << 10;

    /**
     * So 4 MiB: what may still come, of all peers together, until the kernel hears that they are stopped. All from the start, since
     * {@link RingIoHandler} does not let the ring grow; memory that is never used costs nothing.
     */
    private static final short BUFFERS = 128;

    private ReceiveRing() {}

    /** Whether the kernel has what makes a ring worth it: since Linux 6.0. Without, epoll is as good and better known. */
    static boolean isSupported() {
        return IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported() && IoUring.isRecvMultishotEnabled();
    }

    /** A loop with a ring, where the kernel has them. */
    static IoUringIoHandlerConfig loopConfig() {
        IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
        if (isSupported()) {
            config.setBufferRingConfig(IoUringBufferRingConfig.builder()
                    .bufferGroupId(GROUP)
                    .bufferRingSize(BUFFERS)
                    .batchSize(BUFFERS)
                    .allocator(new IoUringFixedBufferRingAllocator(BUFFER_OCTETS))
                    .build());
        }
        return config;
    }
}
