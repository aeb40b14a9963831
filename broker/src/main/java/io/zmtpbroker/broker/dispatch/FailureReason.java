package io.zmtpbroker.broker.dispatch;

/** Why a request ended without an answer that was meant for it. */
public enum FailureReason {
    /** Every attempt that the configuration allows has failed. */
    ATTEMPTS_USED,
    /** A part of the answer had been delivered when its attempt failed: the client could not tell a second beginning from the rest. */
    STREAM_BROKEN,
    /** Nobody offered its service for as long as a request may wait for that. */
    NO_WORKER,
    /** The broker is stopping. */
    STOPPED
}
