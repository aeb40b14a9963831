package io.zmtpbroker.zmtp;

/** Why a connection is closed for what its peer sent, or failed to send. End of file is none: it is a normal farewell. */
public enum ZmtpViolation {
    /** The first octets are no ZMTP greeting of version 2 or later: HTTP, TLS, ZMTP 1.0, noise. */
    NOT_ZMTP,
    /** The greeting is of ZMTP 2.0 where that is not admitted, or of an unassigned version below 3. */
    UNSUPPORTED_VERSION,
    /** The peer's greeting names another security mechanism than ours. */
    MECHANISM_MISMATCH,
    /** A frame has flags that 37/ZMTP reserves. */
    RESERVED_FLAGS,
    /** A frame is announced that is longer than a frame, or a whole message, may be. */
    FRAME_TOO_LONG,
    /** The frames announced so far make a message that is too long. */
    MESSAGE_TOO_LONG,
    /** A message has more frames than allowed. */
    TOO_MANY_FRAMES,
    /** A command is announced that is too long. */
    COMMAND_TOO_LONG,
    /** More commands that mean nothing came in a second than may. */
    TOO_MANY_COMMANDS,
    /** A command is empty, has the MORE flag, a name that is empty or passes its end, or lacks octets it must have. */
    MALFORMED_COMMAND,
    /** A command that the handshake does not allow at this point. */
    UNEXPECTED_COMMAND,
    /** The peer's properties do not parse, contradict each other, or hold a routing id that is not allowed. */
    MALFORMED_METADATA,
    /** The peer's socket type is missing, unknown, or none that ours may talk to. */
    SOCKET_TYPE,
    /** The peer's user may not have that socket type here. */
    NOT_PERMITTED,
    /** The peer's routing id belongs to another peer, and this endpoint does not hand it over. */
    ROUTING_ID_TAKEN,
    /** The handshake was not complete in time. */
    HANDSHAKE_TIMEOUT,
    /** Nothing came for too long after a PING was due. */
    HEARTBEAT_TIMEOUT,
    /** Nothing came within the TTL that the peer itself announced with a PING. */
    TTL_EXPIRED,
    /** Costly handshakes come from that address too often; closed without ERROR, so that a correct peer tries again. */
    HANDSHAKE_RATE,
    /** A message came where the handshake expects a command. */
    MESSAGE_BEFORE_READY,
    /** The peer ended the handshake with an ERROR command. */
    PEER_ERROR,
    /** The authenticator refused the peer, or could not be asked. */
    AUTHENTICATION,
    /** The authenticator cannot judge the peer now (status 300); closed without ERROR, so that a correct peer tries again. */
    AUTHENTICATOR_BUSY,
    /** A box of CURVE does not open, or what is in it, or stands in clear beside it, is not what it must be. */
    BAD_BOX,
    /** The nonce of a box of CURVE is not above the one before: it was replayed, or the order of boxes was changed. */
    NONCE,
    /** A frame came in clear on a connection whose frames are all boxed. */
    NOT_BOXED
}
