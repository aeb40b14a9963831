package io.zmtpbroker.interop;

import java.time.Duration;

/** How long tests wait for what must come, and for what must not. */
final class Limits {
    /** What must come comes at once; this is for a machine with much else to do. */
    static final Duration SOON = Duration.ofSeconds(10);

    /** A whole crowd's work. */
    static final Duration CROWD = Duration.ofSeconds(60);

    /** How long nothing must come before a test believes that nothing comes. */
    static final Duration QUIET = Duration.ofMillis(150);

    private Limits() {}
}
