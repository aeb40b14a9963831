package io.zmtpbroker.zmtp;

/**
 * Which end of a connection we are. Who is the server of PLAIN or CURVE is another question: the endpoint's options say it,
 * never the peer.
 */
public enum ZmtpRole {
    /** We listened and the peer came. */
    ACCEPTING,
    /** We went to the peer. */
    CONNECTING
}
