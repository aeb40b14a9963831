package io.zmtpbroker.interop;

import java.time.Duration;
import org.zeromq.SocketType;

/**
 * What a crowd of clients does: each sends its requests, and checks that each answer is that of its own request.
 *
 * @param service what those ask for that name the service
 * @param clients how many
 * @param requests of each client
 * @param body what each request begins with, see {@link GuideWorkerPlan}
 * @param patience how long a client waits for an answer
 * @param tries how often it asks before it gives up, each time on a new socket
 */
record GuideClientPlan(
        ClientProtocol protocol,
        String endpoint,
        String service,
        int clients,
        int requests,
        String body,
        Duration patience,
        int tries) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static GuideClientPlan of(ClientProtocol protocol, String endpoint, String service) {
        return new GuideClientPlan(protocol, endpoint, service, 1, 1, "", PATIENCE, 1);
    }

    GuideClientPlan times(int number, int requestsEach) {
        return new GuideClientPlan(protocol, endpoint, service, number, requestsEach, body, patience, tries);
    }

    GuideClientPlan asking(String begin) {
        return new GuideClientPlan(protocol, endpoint, service, clients, requests, begin, patience, tries);
    }

    /** As the Lazy Pirate does: a new socket for each try. */
    GuideClientPlan retrying(int number, Duration each) {
        return new GuideClientPlan(protocol, endpoint, service, clients, requests, body, each, number);
    }

    /** How many requests of a DEALER may be open at a time. */
    int window() {
        return protocol.type() == SocketType.DEALER && !body.startsWith("parts") ? 8 : 1;
    }

    int total() {
        return clients * requests;
    }

    @Override
    public String toString() {
        return clients + " " + protocol + " of " + service;
    }
}
