package io.zmtpbroker.benchmarks.compare;

/** A broker cannot be started on this machine. */
final class UnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    /** With the reason, for people. */
    UnavailableException(String message) {
        super(message);
    }
}
