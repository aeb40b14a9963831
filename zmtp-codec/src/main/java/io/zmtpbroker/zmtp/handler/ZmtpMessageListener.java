package io.zmtpbroker.zmtp.handler;

import io.netty.buffer.ByteBuf;

/** Takes the messages of one connection without an object for each, on the connection's event loop. */
@FunctionalInterface
public interface ZmtpMessageListener {
    /**
     * Takes a message. What this throws passes through the pipeline as an exception, and the connection is closed, as its
     * later messages could not be told from the lost one's rest.
     *
     * @param message its readable octets are the frames of one whole message in canonical form (see
     *     {@link io.zmtpbroker.zmtp.wire.Frames}). It is lent until this returns: to keep octets, copy or
     *     {@code retainedSlice} them (see {@link io.zmtpbroker.zmtp.wire.Borrowed}); the reader index may be moved, nothing
     *     else
     */
    void onMessage(ByteBuf message);

    /**
     * The memory has changed that is taken, or pinned, by what came on this connection and was not delivered yet: of a
     * handshake, of a message, of what follows while the {@link ZmtpMessageHandler} is paused. Told at most once for each
     * buffer that is read; nothing is told at the end of the connection, when all of it is released.
     *
     * @param octets all of it
     */
    default void onHeld(long octets) {}
}
