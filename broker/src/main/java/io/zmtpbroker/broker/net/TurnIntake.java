package io.zmtpbroker.broker.net;

import java.util.ArrayList;
import java.util.List;

/**
 * How much comes in within one turn of the loop, where the transport sets no bound itself: io_uring goes on receiving for as long as
 * there is something. Who brings octets when there were enough is not read until the turn has ended, so that what the turn
 * decides (who is written to, who must wait, who is closed) takes effect in time. Confined to the dispatch loop.
 */
final class TurnIntake {

    /** Enough for a turn: thousands of short messages, or sixteen of 64 KiB. */
    static final long ENOUGH_OCTETS = 1 << 20;

    private final Runnable beginTurn;
    private final List<ReadGate> resting = new ArrayList<>();
    private long octets;

    /**
     * Nothing has come.
     *
     * @param beginTurn sees to it that {@link #endTurn} is called
     */
    TurnIntake(Runnable beginTurn) {
        this.beginTurn = beginTurn;
    }

    /** Octets have come, and what they mean was done. */
    void took(int count, ReadGate from) {
        octets += count;
        if (octets > ENOUGH_OCTETS && from.rest()) {
            if (resting.isEmpty()) {
                beginTurn.run();
            }
            resting.add(from);
        }
    }

    void endTurn() {
        octets = 0;
        if (!resting.isEmpty()) {
            resting.forEach(ReadGate::endRest);
            resting.clear();
        }
    }
}
