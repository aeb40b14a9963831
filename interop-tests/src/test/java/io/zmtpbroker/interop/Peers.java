package io.zmtpbroker.interop;

/** Sockets of one library. Closing closes them all, and lets what was sent leave first. */
interface Peers extends AutoCloseable {
    PeerSocket open(SocketSpec spec);

    /** As {@link #open}, and waits until the other side, which must be there, has been heard of. */
    default PeerSocket openConnected(SocketSpec spec) {
        return open(spec);
    }

    @Override
    void close();
}
