package io.zmtpbroker.broker.dispatch;

/** What became of an answer. */
public enum AnswerResult {
    /** Delivered to the client; the request has ended. */
    ANSWERED,
    /** Delivered as well, though the attempt had already been given up and the request waited for another worker. */
    LATE,
    /** The request has ended, but its client has gone: nothing was delivered. */
    CLIENT_GONE,
    /** The request is open, but was never handed to whoever answers it: nothing has changed. */
    NOT_THEIRS,
    /** No open request has this id: answered before, failed, dropped, or never known here. */
    UNKNOWN
}
