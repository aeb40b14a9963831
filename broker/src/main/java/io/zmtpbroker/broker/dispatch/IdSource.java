package io.zmtpbroker.broker.dispatch;

/** A source of request ids. No value may be guessable from others. */
@FunctionalInterface
public interface IdSource {

    /** The next 64 random bits. */
    long next64();
}
