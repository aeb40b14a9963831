package io.zmtpbroker.zmtp;

/** Which end of a connection we are. The roles of a mechanism follow from it, never from what a peer says. */
public enum ZmtpRole {
    /** We listened and the peer came; the server of a security mechanism. */
    ACCEPTING,
    /** We went to the peer; the client of a security mechanism. */
    CONNECTING
}
