package io.zmtpbroker.broker.net;

import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.access.AccessRole;
import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import java.util.Set;

/**
 * Who gets in at which endpoint.
 *
 * @param access the credentials
 * @param standard the mechanism of endpoints that do not name one
 * @param clientsApart whether there are endpoints for clients; if not, they come to those of workers
 */
public record EndpointAccess(Access access, Mechanism standard, boolean clientsApart) {

    /** Everybody gets in everywhere. */
    public static final EndpointAccess OPEN = new EndpointAccess(Access.NONE, Mechanism.NULL, true);

    /** How the peers of an endpoint show who they are. */
    public Mechanism mechanismOf(Endpoint endpoint) {
        return endpoint.options().mechanism().orElse(standard);
    }

    /** What an endpoint speaks; we are the server of it also where we connect, for we are the one who judges. */
    ZmtpMechanismFactory mechanism(EndpointRole role, Endpoint endpoint) {
        return access.mechanism(mechanismOf(endpoint), admitted(role, endpoint.options()));
    }

    /** The roles that an endpoint is for. Who has none of them is refused in the handshake. */
    Set<AccessRole> admitted(EndpointRole role, EndpointOptions options) {
        return switch (role) {
            case CLIENTS -> Set.of(AccessRole.CLIENT);
            case WORKERS -> expectsClients(options) ? AccessRole.ALL : Set.of(AccessRole.WORKER);
            case ANSWERS -> Set.of(AccessRole.WORKER);
        };
    }

    /**
     * Whether a user may come as that to an endpoint that it is admitted to. Among workers, where clients may be expected too, PUSH
     * and REP are workers for certain; of the others the first message tells.
     */
    static boolean permits(EndpointRole role, ZmtpUser user, SocketType peer) {
        boolean isWorker = role == EndpointRole.WORKERS && (peer == SocketType.PUSH || peer == SocketType.REP);
        return !isWorker || AccessRole.of(user).contains(AccessRole.WORKER);
    }

    /** Whether Majordomo clients are expected among the workers, so that the role has to wait for their first message. */
    private boolean expectsClients(EndpointOptions options) {
        return options.dialect() == EndpointDialect.MAJORDOMO
                || (options.dialect() == EndpointDialect.AUTO && !clientsApart);
    }
}
