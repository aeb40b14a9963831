package io.zmtpbroker.broker.net;

import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.security.ZmtpSocketPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which socket type we are to the peers of an endpoint. Where peers come to us we answer after they have said what they are,
 * and so can be to each what fits; where we go to them we must say it first.
 */
final class EndpointSockets {

    private EndpointSockets() {}

    static ZmtpSocketPolicy accepting(EndpointRole role, EndpointDialect dialect) {
        return switch (role) {
            case CLIENTS -> ZmtpSocketPolicy.fixed(SocketType.ROUTER);
            case WORKERS -> ZmtpSocketPolicy.byPeer(peer -> Optional.ofNullable(forWorker(dialect, peer)));
            case ANSWERS -> ZmtpSocketPolicy.fixed(SocketType.PULL);
        };
    }

    static SocketType connecting(EndpointRole role, EndpointDialect dialect) {
        return switch (role) {
            case CLIENTS -> SocketType.ROUTER;
            case WORKERS ->
                switch (dialect) {
                    case AUTO, REP, DEALER, PLAIN -> SocketType.DEALER;
                    case FETCH, LB, PIRATE, MAJORDOMO -> SocketType.ROUTER;
                };
            case ANSWERS -> SocketType.PULL;
        };
    }

    /** Null for a peer that does not speak the dialect. */
    private static @Nullable SocketType forWorker(EndpointDialect dialect, SocketType peer) {
        return switch (peer) {
            case REQ -> speaksFirst(dialect) && dialect != EndpointDialect.PIRATE ? SocketType.ROUTER : null;
            case DEALER ->
                speaksFirst(dialect) ? SocketType.ROUTER : dialect == EndpointDialect.DEALER ? SocketType.DEALER : null;
            case REP -> dialect == EndpointDialect.AUTO || !speaksFirst(dialect) ? SocketType.DEALER : null;
            case PUSH -> dialect == EndpointDialect.AUTO || dialect == EndpointDialect.FETCH ? SocketType.PULL : null;
            default -> null;
        };
    }

    /** Whether a worker says that it is there, and is not given tasks unasked. */
    private static boolean speaksFirst(EndpointDialect dialect) {
        return dialect != EndpointDialect.REP && dialect != EndpointDialect.DEALER;
    }
}
