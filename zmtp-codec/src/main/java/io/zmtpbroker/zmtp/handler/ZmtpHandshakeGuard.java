package io.zmtpbroker.zmtp.handler;

import io.netty.channel.Channel;

/** Decides for whom the work of a handshake is done, where that work is worth something: with any mechanism but NULL. */
@FunctionalInterface
public interface ZmtpHandshakeGuard {
    /**
     * Asked once a connection, on its event loop, when the first command of the handshake has come, and before anything is
     * done for it. Who is not admitted is closed without ERROR, so that a correct peer comes again.
     *
     * @param channel of the connection
     * @return whether the handshake goes on
     */
    boolean admits(Channel channel);

    /**
     * Asked before each command of such a handshake is worked on, on the event loop of the connection: the work may be put off,
     * so that a crowd does not stop the loop.
     *
     * @param channel of the connection
     * @param step does that work, if the connection is still there; to be run later, once, on the event loop and not within this
     *     call, if it is put off
     * @return whether to work now; the step is not needed then
     */
    default boolean mayStepNow(Channel channel, Runnable step) {
        return true;
    }
}
