package io.zmtpbroker.benchmarks.load;

import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;

/**
 * A load.
 *
 * @param dialect of the workers
 * @param mechanism of all connections
 * @param clients connections that ask
 * @param window requests that each client has open; 1 is a REQ in lockstep, more is a DEALER
 * @param workers connections that serve, each echoing what it is given at once
 * @param bodyLength octets of a request, and of its reply; at least 16
 * @param threads event loops: with 2, clients and workers have one each
 */
public record LoadSettings(
        WorkerDialect dialect,
        ZmtpMechanismFactory mechanism,
        int clients,
        int window,
        int workers,
        int bodyLength,
        int threads) {

    /** Checks that there is a load at all. */
    public LoadSettings {
        if (clients < 1 || window < 1 || workers < 1 || bodyLength < RequestBody.HEAD_LENGTH) {
            throw new IllegalArgumentException("clients, window and workers must be at least 1, and a body at least "
                    + RequestBody.HEAD_LENGTH + " octets");
        }
        if (threads < 1 || threads > 2) {
            throw new IllegalArgumentException("one thread or two, not " + threads);
        }
    }
}
