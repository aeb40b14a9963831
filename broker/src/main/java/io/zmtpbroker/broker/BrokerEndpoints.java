package io.zmtpbroker.broker;

import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.EndpointRole;
import io.zmtpbroker.broker.net.OpenEndpoint;
import io.zmtpbroker.broker.net.Zmtp20;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

    /** Checks that each endpoint has the credentials that its mechanism needs, and that none are given in vain. */
    void checkAccess(Access access, Mechanism standard) {
        Set<Mechanism> used = EnumSet.noneOf(Mechanism.class);
        for (OpenEndpoint each : all) {
            Mechanism mechanism = each.endpoint().options().mechanism().orElse(standard);
            used.add(mechanism);
            access.missingFor(mechanism).ifPresent(missing -> {
                throw new IllegalArgumentException("the mechanism " + mechanism.label() + " of "
                        + each.role().label() + " at " + each.endpoint().address() + " needs " + missing);
            });
        }
        for (Mechanism mechanism : Mechanism.values()) {
            if (access.concerns(mechanism) && !used.contains(mechanism)) {
                throw new IllegalArgumentException(
                        "there are credentials for " + mechanism.label() + ", and no endpoint that asks for them:"
                                + " --mechanism " + mechanism.label() + " is missing, or ?mechanism="
                                + mechanism.label() + " behind an endpoint");
            }
        }
    }

    /** Checks that peers of ZMTP 2.0, which cannot say who they are, are let in nowhere where that is asked. */
    void checkZmtp20(Zmtp20 zmtp20, Mechanism standard) {
        for (OpenEndpoint each : all) {
            Mechanism mechanism = each.endpoint().options().mechanism().orElse(standard);
            zmtp20.isAdmittedAt(each.endpoint(), mechanism == Mechanism.NULL);
        }
    }

    private static boolean servesMajordomoClients(Endpoint workers) {
        return switch (workers.options().dialect()) {
            case AUTO, MAJORDOMO -> !workers.options().connect();
            case PLAIN, FETCH, LB, PIRATE, REP, DEALER -> false;
        };
    }
}
