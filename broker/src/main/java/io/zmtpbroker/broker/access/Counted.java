package io.zmtpbroker.broker.access;

/** Numbers of things, for people. */
final class Counted {

    private Counted() {}

    /** Such as {@code 1 user} and {@code 2 users}. */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
