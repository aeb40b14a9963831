package io.zmtpbroker.broker;

import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.broker.net.EndpointAccess;
import io.zmtpbroker.broker.net.EndpointRole;
import io.zmtpbroker.broker.net.OpenEndpoint;
import io.zmtpbroker.broker.net.TcpAddress;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Endpoints that are more open than somebody may think, or that are in vain: one line says so of all that are alike. */
final class OpenDoors {

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");

    /** Names are not looked up here; this one stands for this machine (RFC 6761). */
    private static final String LOCALHOST = "localhost";

    private final List<OpenEndpoint> endpoints;
    private final EndpointAccess access;

    private OpenDoors(List<OpenEndpoint> endpoints, EndpointAccess access) {
        this.endpoints = endpoints;
        this.access = access;
    }

    /**
     * Warns of all of them.
     *
     * @param endpoints as they are, with real addresses
     */
    static void warnOf(List<OpenEndpoint> endpoints, EndpointAccess access) {
        OpenDoors doors = new OpenDoors(endpoints, access);
        doors.warn(
                each -> doors.asksNobody(each) && listens(each) && isOnNetwork(each),
                "no authentication and no encryption on {}: whoever reaches that over the network can ask, take tasks and read"
                        + " along; see --mechanism, or listen on 127.0.0.1");
        doors.warn(
                each -> doors.asksNobody(each) && !listens(each) && isOnNetwork(each),
                "connecting in clear to {}: whoever is there is taken for the peer that is meant, and whoever is on the way reads"
                        + " along; see mechanism=curve");
        doors.warn(
                each -> doors.mechanism(each) == Mechanism.PLAIN && isOnNetwork(each),
                "no encryption on {}: whoever is on the way reads the passwords, and everything else; see --mechanism curve, or"
                        + " listen on 127.0.0.1");
        doors.warn(
                doors::isInVain,
                "no answer counts that comes at {}: only the user's who fetched the task does, and there it is asked who somebody"
                        + " is and at the endpoints for workers it is not, or the other way round");
    }

    private void warn(Predicate<OpenEndpoint> which, String text) {
        String found = endpoints.stream()
                .filter(which)
                .map(each -> each.endpoint().address() + " (" + each.role().label() + ")")
                .collect(Collectors.joining(", "));
        if (!found.isEmpty()) {
            LOG.warn(text, found);
        }
    }

    /** Whoever fetches is somebody, and whoever answers here is nobody; or the other way round. */
    private boolean isInVain(OpenEndpoint each) {
        return each.role() == EndpointRole.ANSWERS
                && endpoints.stream()
                        .filter(other -> other.role() == EndpointRole.WORKERS)
                        .noneMatch(other -> asksNobody(other) == asksNobody(each));
    }

    private boolean asksNobody(OpenEndpoint each) {
        return mechanism(each) == Mechanism.NULL;
    }

    private Mechanism mechanism(OpenEndpoint each) {
        return access.mechanismOf(each.endpoint());
    }

    private static boolean listens(OpenEndpoint each) {
        return !each.endpoint().options().connect();
    }

    private static boolean isOnNetwork(OpenEndpoint each) {
        return each.endpoint().address() instanceof TcpAddress tcp
                && !tcp.isLoopback()
                && !tcp.host().equals(LOCALHOST); // to connect to
    }
}
