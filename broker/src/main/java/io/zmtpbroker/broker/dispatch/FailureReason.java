package io.zmtpbroker.broker.dispatch;

/** Why a request ended without an answer that was meant for it. */
public enum FailureReason {
    /** Every attempt that the configuration allows has failed. */
    ATTEMPTS_USED,
    /** The broker is stopping. */
    STOPPED
}
