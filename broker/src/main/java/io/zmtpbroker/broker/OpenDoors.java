package io.zmtpbroker.broker;

import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.broker.net.EndpointAccess;
import io.zmtpbroker.broker.net.OpenEndpoint;
import io.zmtpbroker.broker.net.TcpAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Endpoints that other machines reach and that ask nobody who he is: one line says so, for whoever has not thought of it. */
final class OpenDoors {

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");

    private OpenDoors() {}

    /**
     * Warns of all of them in one line.
     *
     * @param endpoints as they are, with real addresses
     */
    static void warnOf(List<OpenEndpoint> endpoints, EndpointAccess access) {
        String open = endpoints.stream()
                .filter(each -> isOpen(each, access))
                .map(each -> each.endpoint().address() + " (" + each.role().label() + ")")
                .collect(Collectors.joining(", "));
        if (!open.isEmpty()) {
            LOG.warn(
                    "no authentication and no encryption on {}: whoever reaches that over the network can ask, take tasks and"
                            + " read along; see --mechanism, or listen on 127.0.0.1",
                    open);
        }
    }

    private static boolean isOpen(OpenEndpoint each, EndpointAccess access) {
        return !each.endpoint().options().connect()
                && access.mechanismOf(each.endpoint()) == Mechanism.NULL
                && each.endpoint().address() instanceof TcpAddress tcp
                && !tcp.isLoopback();
    }
}
