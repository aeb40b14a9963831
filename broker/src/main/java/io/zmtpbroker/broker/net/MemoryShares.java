package io.zmtpbroker.broker.net;

import io.netty.util.internal.PlatformDependent;

/**
 * How the memory for buffers is shared out where nobody says otherwise. From 64 MiB on all totals fit together, each at its limit and
 * as it is counted: requests that wait or run, messages that are not whole, and what clients and workers do not read. What is left, a
 * fifteenth at 64 MiB, a sixth at 256 MiB, and a third at 4 GiB, is for what is just being read and written, and for
 * buffers that are not full.
 *
 * <p>What waits to be sent is counted with its octets, and pins up to twice as many. For all of it to do so there would have
 * to be a seventh more at 256 MiB, nearly half more at 64 MiB.
 *
 * @param octets all of it
 */
public record MemoryShares(long octets) {

    private static final long MIB = 1 << 20;

    /** Of a message, however much memory there is: who needs longer ones says so. */
    private static final long USUAL_MESSAGE = 64 * MIB;

    private static final long USUAL_SPARE = 16 * MIB;

    /** A peer for which more waits is slow; with less, one that takes its time would be held back often. */
    private static final long USUAL_SLOW = MIB;

    /** The memory that this JVM allows for buffers. */
    public static MemoryShares ofThisJvm() {
        return new MemoryShares(PlatformDependent.maxDirectMemory());
    }

    /** Requests that wait or run. */
    public long queued() {
        return octets / 32 * 3;
    }

    /** A message. It counts more than once: the queue goes over its limit by one, and another may be on its way meanwhile. */
    public long message() {
        return Math.min(USUAL_MESSAGE, octets / 16);
    }

    /**
     * Messages that are not whole.
     *
     * @param message how long one may be; there is room for one, and as much beside it wherever that leaves enough for all else
     */
    public long partial(long message) {
        return Math.min(octets / 8 * 3, message + octets / 8);
    }

    /** A peer for which more than so much waits is slow, and held back. */
    public long slow() {
        return Math.min(USUAL_SLOW, octets / 16);
    }

    /** What may wait for a peer beside one longest message: more than makes it slow, for it is held back before it is closed. */
    public long outgoingSpare() {
        return Math.max(2 * slow(), Math.min(USUAL_SPARE, octets / 16));
    }

    /** What may wait for all clients, or workers, that do not read, however short the queue is. */
    public long unread() {
        return Math.min(USUAL_SPARE, octets / 8);
    }
}
