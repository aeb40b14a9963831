package io.zmtpbroker.benchmarks.compare;

/** A broker did not start, or did not last. */
final class BrokerException extends Exception {

    private static final long serialVersionUID = 1;

    /** With what happened, for people; the broker's name goes in front. */
    BrokerException(String message) {
        super(message);
    }
}
