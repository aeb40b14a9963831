package io.zmtpbroker.benchmarks.compare;

import io.zmtpbroker.benchmarks.load.WorkerDialect;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A broker that can be started here.
 *
 * @param name as on the command line and in tables
 * @param dialect what its workers speak
 * @param mechanism what clients and workers show themselves with
 * @param command starts it; it prints where it listens, as ours does, and then {@code ready}
 * @param jar of our broker, which tells its version; null for another broker
 */
record Contender(
        String name,
        WorkerDialect dialect,
        ZmtpMechanismFactory mechanism,
        List<String> command,
        @Nullable String jar) {

    /** A broker that is not ours. */
    Contender(String name, WorkerDialect dialect, List<String> command) {
        this(name, dialect, ZmtpMechanisms.anonymous(), command, null);
    }
}
