package io.zmtpbroker.benchmarks.load;

import java.net.InetSocketAddress;

/**
 * Where the broker listens.
 *
 * @param clients where clients connect
 * @param workers where workers connect
 * @param answers where the PUSH of a worker that fetches connects; the workers' address where there is no other
 */
public record LoadTargets(InetSocketAddress clients, InetSocketAddress workers, InetSocketAddress answers) {}
