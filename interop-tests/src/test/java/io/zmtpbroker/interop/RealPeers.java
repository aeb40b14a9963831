package io.zmtpbroker.interop;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds libzmq behind Python, and says what it means when it is missing: a failure where the environment variable CI is set, a
 * skipped test elsewhere.
 */
final class RealPeers {
    private static final String MISSING = "no Python with pyzmq found: apt-get install python3-zmq";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Optional<String> PYTHON = List.of("python3", "/usr/bin/python3").stream()
            .filter(RealPeers::hasZeroMq)
            .findFirst();

    /** Whether the tests' output says already why some are skipped. */
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private RealPeers() {}

    /** An interpreter that has pyzmq. */
    static String python() {
        if (PYTHON.isPresent()) {
            return PYTHON.get();
        }
        if (System.getenv("CI") != null) {
            throw new AssertionError(MISSING);
        }
        if (SAID.compareAndSet(false, true)) {
            System.err.println("Tests against libzmq are skipped: " + MISSING);
        }
        return Assumptions.abort(MISSING);
    }

    private static boolean hasZeroMq(String interpreter) {
        try (ChildProcess python = ChildProcess.start(List.of(interpreter, "-c", "import zmq"))) {
            return python.awaitExit(LIMIT) == 0;
        } catch (UncheckedIOException e) {
            return false; // no such program
        }
    }
}
