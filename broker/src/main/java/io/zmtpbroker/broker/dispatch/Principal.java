package io.zmtpbroker.broker.dispatch;

/**
 * Who is behind a connection, as far as answers count: an answer is taken of those who were handed the request. To the dispatcher
 * it is a name to compare, and nothing else.
 *
 * @param name what tells one from another
 */
public record Principal(String name) {

    /** Where nobody shows who he is, everybody is this one. */
    public static final Principal ANYBODY = new Principal("");

    /** The one of that name; {@link #ANYBODY} for the empty one. */
    public static Principal of(String name) {
        return name.isEmpty() ? ANYBODY : new Principal(name);
    }
}
