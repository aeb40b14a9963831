package io.zmtpbroker.interop;

/** Sockets of one library. Closing closes them all, and lets what was sent leave first. */
interface Peers extends AutoCloseable {
    PeerSocket open(SocketSpec spec);

    @Override
    void close();
}
