package io.zmtpbroker.broker.dialect;

import io.zmtpbroker.broker.dispatch.GonePolicy;

/**
 * What holds for the workers of one endpoint.
 *
 * @param choice the dialects they may speak
 * @param credit how many tasks a REP, or a DEALER used like one, may hold at a time
 * @param pirateHeartbeatNanos between two heartbeats of Paranoid Pirate
 * @param majordomoHeartbeatNanos between two heartbeats of Majordomo
 * @param clientGone what becomes of the requests of a Majordomo client that shares the endpoint and has gone
 * @param rights what the user of this connection may do
 */
public record WorkerRules(
        WorkerDialects.Choice choice,
        int credit,
        long pirateHeartbeatNanos,
        long majordomoHeartbeatNanos,
        GonePolicy clientGone,
        PeerRights rights) {

    /** Checks that there is credit and that heartbeats are apart. */
    public WorkerRules {
        if (credit < 1) {
            throw new IllegalArgumentException("credit must be at least 1, not " + credit);
        }
        if (pirateHeartbeatNanos <= 0 || majordomoHeartbeatNanos <= 0) {
            throw new IllegalArgumentException("the time between heartbeats must be greater than 0");
        }
    }
}
