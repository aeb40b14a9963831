package io.zmtpbroker.broker.dialect;

import io.zmtpbroker.broker.dispatch.Request;

/**
 * A fetch that was never heard: after a restart of the broker a REQ that reconnects and stays silent probably waits for the
 * answer to a fetch which the broker before took with it. Both libzmq and JeroMQ accept a well-formed reply on the new
 * connection then; a REQ that does not wait for one eats it unseen, before it sends. So when the worker speaks instead of
 * answering, the guess was wrong, and the task goes back to the front at no cost.
 */
final class GuessedFetch {

    private enum State {
        /** There is no guess, or it has been found right or wrong. */
        NONE,
        /** The worker was given credit. */
        CREDIT,
        /** The worker was given a task. */
        TASK
    }

    private State state = State.NONE;
    private long idHigh;
    private long idLow;

    /** The worker is taken to wait. */
    void begin() {
        state = State.CREDIT;
    }

    /** The worker is given a task: the first one after the guess is the guessed one. */
    void assigned(Request<?> request) {
        if (state == State.CREDIT) {
            state = State.TASK;
            idHigh = request.idHigh();
            idLow = request.idLow();
        }
    }

    /** Whether the worker still has the credit that it was given on a guess. */
    boolean isUnused() {
        return state == State.CREDIT;
    }

    /** Whether the worker was given a task on a guess. */
    boolean isTask() {
        return state == State.TASK;
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    /** The guess is settled, either way. */
    void end() {
        state = State.NONE;
    }
}
