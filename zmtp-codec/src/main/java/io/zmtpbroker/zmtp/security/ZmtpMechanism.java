package io.zmtpbroker.zmtp.security;

import io.netty.buffer.ByteBuf;

/**
 * One handshake after the greeting, at one end of one connection. A mechanism does no I/O and reads no clock; it is called
 * on the connection's event loop only, and never again once it has completed or thrown.
 *
 * <p>To refuse a peer it throws a {@link io.zmtpbroker.zmtp.ZmtpProtocolException}; the connection is then closed after what
 * was sent before. ERROR makes libzmq give up the endpoint for good, so it is sent only for what a human must repair.
 */
public interface ZmtpMechanism {
    /**
     * The name in the greeting; both ends must have the same.
     *
     * @return 1 to 20 upper-case letters, digits or {@code - _ . +}
     */
    String name();

    /**
     * What our greeting's as-server octet says.
     *
     * @return true only for the server of PLAIN and CURVE
     */
    boolean asServer();

    /**
     * Whether a peer may do without a mechanism, by speaking ZMTP 2.0. It is never asked for anything then, so this is a
     * downgrade wherever a mechanism does more than NULL without an authenticator.
     *
     * @return false unless peers are neither judged nor protected
     */
    default boolean admitsZmtp20() {
        return false;
    }

    /**
     * The greetings have been exchanged; whoever speaks first does so now.
     *
     * @param peerMinorVersion 0 or 1
     * @param port takes what this end does
     * @throws io.zmtpbroker.zmtp.ZmtpProtocolException to refuse the peer
     */
    void onGreeting(int peerMinorVersion, ZmtpMechanismPort port);

    /**
     * The peer sent a command. Not called while an answer is awaited.
     *
     * @param body name and data, borrowed until this returns; its indices may be moved
     * @param port takes what this end does
     * @throws io.zmtpbroker.zmtp.ZmtpProtocolException to refuse the peer
     */
    void onCommand(ByteBuf body, ZmtpMechanismPort port);

    /** The handshake has ended, well or not: secrets that are only its own are to be erased. May be called more than once. */
    default void close() {}
}
