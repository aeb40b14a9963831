package io.zmtpbroker.broker.dialect;

/**
 * What the user of a connection may do.
 *
 * @param mayAsk be a client
 * @param mayWork be a worker
 */
public record PeerRights(boolean mayAsk, boolean mayWork) {

    /** Where nobody is asked who he is, everybody may do everything. */
    public static final PeerRights ALL = new PeerRights(true, true);
}
