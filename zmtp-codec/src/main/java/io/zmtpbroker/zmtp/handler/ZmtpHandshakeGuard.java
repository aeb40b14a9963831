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
}
