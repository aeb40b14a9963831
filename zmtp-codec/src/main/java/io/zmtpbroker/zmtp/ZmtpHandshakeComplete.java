package io.zmtpbroker.zmtp;

/**
 * The user event that says that messages may flow. It passes through the pipeline once a connection, on its event loop,
 * before the first message is delivered.
 *
 * @param peer who is at the other end
 */
public record ZmtpHandshakeComplete(ZmtpPeer peer) {}
