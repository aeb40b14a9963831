package io.zmtpbroker.broker.dispatch;

/** What became of a part of an answer. */
public enum PartialResult {
    /** Passed on to the client. From now on the request is this worker's alone. */
    DELIVERED,
    /**
     * Not passed on: the client takes one reply only, or the attempt had been given up before it sent its first part. Whoever
     * gives the worker's final answer puts this ahead of it.
     */
    GATHER,
    /** The client has gone: this part is lost, and what was gathered before it is of no use any more. */
    CLIENT_GONE,
    /** The request is open, but was never handed to whoever answers it: nothing has changed. */
    NOT_THEIRS,
    /** No open request has this id, or another worker has begun to answer it. */
    UNKNOWN
}
