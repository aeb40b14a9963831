package io.zmtpbroker.benchmarks.compare;

import io.zmtpbroker.benchmarks.load.WorkerDialect;
import java.util.List;

/**
 * A broker that can be started here.
 *
 * @param name as on the command line and in tables
 * @param dialect what its workers speak
 * @param command starts it; it prints where it listens, as ours does, and then {@code ready}
 */
record Contender(String name, WorkerDialect dialect, List<String> command) {}
