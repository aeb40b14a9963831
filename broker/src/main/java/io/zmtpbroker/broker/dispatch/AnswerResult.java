package io.zmtpbroker.broker.dispatch;

/** What became of an answer. */
public enum AnswerResult {
    /** Delivered to the client; the request has ended. */
    ANSWERED,
    /** Delivered as well, though the attempt had already been given up and the request waited for another worker. */
    LATE,
    /** The request has ended, but its client has gone: nothing was delivered. */
    CLIENT_GONE,
    /** No open request has this id: answered before, failed, dropped, or never known here. */
    UNKNOWN
}
