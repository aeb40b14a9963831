package io.zmtpbroker.interop;

import java.time.Duration;
import org.zeromq.SocketType;

/**
 * What a crowd of clients does. Each sends its requests one after the other, never more than its window open at a time, and checks
 * that each answer is that of its own request.
 *
 * @param type REQ, or DEALER with an envelope of its own around each request
 * @param clients how many
 * @param requests of each client
 * @param window open requests of each client; 1 for REQ
 * @param bodyOctets length of a request's body, at least its name
 * @param patience how long a client waits for its next answer before it gives up on all that it has open
 */
record ClientPlan(SocketType type, int clients, int requests, int window, int bodyOctets, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static ClientPlan req(int clients, int requests) {
        return new ClientPlan(SocketType.REQ, clients, requests, 1, 0, PATIENCE);
    }

    static ClientPlan dealer(int clients, int requests, int window) {
        return new ClientPlan(SocketType.DEALER, clients, requests, window, 0, PATIENCE);
    }

    ClientPlan withBody(int octets) {
        return new ClientPlan(type, clients, requests, window, octets, patience);
    }

    int total() {
        return clients * requests;
    }
}
