package io.zmtpbroker.benchmarks.load;

/** The load could not be kept up: the broker closed a connection, or did not take one in time. */
public final class LoadException extends Exception {

    private static final long serialVersionUID = 1;

    /** With what happened, for people. */
    public LoadException(String message) {
        super(message);
    }
}
