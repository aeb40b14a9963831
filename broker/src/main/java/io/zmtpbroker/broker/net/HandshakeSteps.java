package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import io.zmtpbroker.broker.fairness.FairQueue;

/**
 * The costly steps of handshakes, as many as a turn of the loop can bear: a step of CURVE costs a few tenths of a millisecond, and a
 * thousand of them in one turn would be felt by all. The others wait; addresses take turns, and so do the connections of one.
 * Confined to the dispatch loop.
 */
final class HandshakeSteps {

    /** Some two milliseconds with the slower library. */
    static final int PER_TURN = 4;

    /** A step that waits. */
    private record Waiting(Channel channel, Runnable step) {}

    /** As long as handshakes are in progress: they have a limit of their own. */
    private final FairQueue<AddressUse, Waiting> waiting = new FairQueue<>(Integer.MAX_VALUE);

    private int left = PER_TURN;

    /**
     * Whether a step is done now; otherwise it is run by {@link #run} later.
     *
     * @param address where the peer of the channel is
     */
    boolean mayStepNow(AddressUse address, Channel channel, Runnable step) {
        if (left > 0 && waiting.size() == 0) {
            left--;
            return true;
        }
        waiting.add(address, new Waiting(channel, step));
        return false;
    }

    /** A turn has ended. Returns whether {@link #run} is to be called in another one, soon. */
    boolean endTurn() {
        left = PER_TURN;
        return waiting.size() > 0;
    }

    /** Does what this turn still can bear. */
    void run() {
        while (left > 0) {
            Waiting next = waiting.poll();
            if (next == null) {
                return;
            }
            if (next.channel.isActive()) {
                left--;
                next.step.run();
            }
        }
    }
}
