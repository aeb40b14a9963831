package io.zmtpbroker.broker;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.EndpointRole;
import io.zmtpbroker.broker.net.OpenEndpoint;
import java.util.ArrayList;
import java.util.List;

/** The endpoints of a broker while they are collected: each fits its role, and in the end nobody is left without one. */
final class BrokerEndpoints {

    private final List<OpenEndpoint> all = new ArrayList<>();

    BrokerEndpoints() {}

    BrokerEndpoints(BrokerEndpoints other) {
        all.addAll(other.all);
    }

    void add(EndpointRole role, Endpoint endpoint) {
        endpoint.checkFit(role);
        all.add(new OpenEndpoint(role, endpoint));
    }

    /** Those of a role, in the order in which they came. */
    List<Endpoint> of(EndpointRole role) {
        return all.stream()
                .filter(each -> each.role() == role)
                .map(OpenEndpoint::endpoint)
                .toList();
    }

    /**
     * Checks that there is one for clients and one for workers. Clients may do without: those of Majordomo say by their header
     * that they are none of the workers, and so can share an endpoint with them, as they do in the guide.
     */
    void checkComplete() {
        if (of(EndpointRole.WORKERS).isEmpty()) {
            throw new IllegalArgumentException("an endpoint for workers is missing");
        }
        boolean shared = of(EndpointRole.ANSWERS).isEmpty()
                && of(EndpointRole.WORKERS).stream().allMatch(BrokerEndpoints::servesMajordomoClients);
        if (of(EndpointRole.CLIENTS).isEmpty() && !shared) {
            throw new IllegalArgumentException("an endpoint for clients is missing");
        }
    }

    private static boolean servesMajordomoClients(Endpoint workers) {
        return switch (workers.options().dialect()) {
            case AUTO, MAJORDOMO -> !workers.options().connect();
            case PLAIN, FETCH, LB, PIRATE, REP, DEALER -> false;
        };
    }
}
