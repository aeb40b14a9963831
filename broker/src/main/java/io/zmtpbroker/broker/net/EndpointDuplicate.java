package io.zmtpbroker.broker.net;

/** What becomes of a second client with the routing id of one that is connected. */
public enum EndpointDuplicate {
    /** It takes the place of the first, which is closed: it is the same one, come back. */
    HANDOVER,
    /** It is refused as long as the first is there. */
    REFUSE
}
