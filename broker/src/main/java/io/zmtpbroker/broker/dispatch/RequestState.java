package io.zmtpbroker.broker.dispatch;

/** Where a request is. {@link RequestBook#change} is the only method that moves one from state to state. */
enum RequestState {
    /** In its service's queue. */
    WAITING,
    /** Set aside, out of the queue, because its client was held back when its turn came. */
    PARKED,
    /** Held by a worker. */
    RUNNING,
    /** The worker that held it has gone, or may never have received it; its answer may still come. */
    GRACE,
    /** Not open: new, or finished. */
    ENDED;

    boolean canBecome(RequestState next) {
        return switch (this) {
            case WAITING -> next == PARKED || next == RUNNING || next == ENDED;
            case PARKED -> next == RUNNING || next == ENDED;
            case RUNNING -> next != RUNNING;
            case GRACE -> next == WAITING || next == PARKED || next == ENDED;
            case ENDED -> next == WAITING;
        };
    }
}
