package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.access.AccessRole;
import io.zmtpbroker.broker.dialect.AnswerPeer;
import io.zmtpbroker.broker.dialect.ClientDialects;
import io.zmtpbroker.broker.dialect.ClientSession;
import io.zmtpbroker.broker.dialect.EnvelopeRoom;
import io.zmtpbroker.broker.dialect.Peer;
import io.zmtpbroker.broker.dialect.PeerRights;
import io.zmtpbroker.broker.dialect.Revival;
import io.zmtpbroker.broker.dialect.UndecidedClient;
import io.zmtpbroker.broker.dialect.UndecidedWorker;
import io.zmtpbroker.broker.dialect.WorkerDialects;
import io.zmtpbroker.broker.dialect.WorkerRules;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.GonePolicy;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.socket.RoutingTable;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.ZmtpVersion;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Chooses the dialect of a peer whose handshake is over, as far as its socket type tells; the rest its first message tells. */
final class PeerFactory {

    /** As the guide's Paranoid Pirate workers have it. */
    private static final long PIRATE_HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** As the guide's Majordomo workers have it. */
    private static final long MAJORDOMO_HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);

    /** What a client with a routing id costs beside that and its requests, about, in octets of heap: its entry among the names. */
    private static final int NAMED_CLIENT_OCTETS = 256;

    private final Dispatcher<ByteBuf> dispatcher;
    private final ClientGone clientGone;
    private final @Nullable Revival revival;
    private final EnvelopeRoom envelopes;
    private final RoutingTable<ClientSession> sessions = new RoutingTable<>();
    private boolean fetchersAnswered;

    PeerFactory(Dispatcher<ByteBuf> dispatcher, NetOptions options, long nowNanos) {
        this.dispatcher = dispatcher;
        this.clientGone = options.clientGone();
        this.envelopes = new EnvelopeRoom(options.limits().memory().envelopeOctets());
        this.revival = options.reviveFetch().isZero()
                ? null
                : new Revival(nowNanos + options.reviveFetch().toNanos(), () -> fetchersAnswered);
    }

    /** Opens the peer of a connection whose handshake is over, in which {@link EndpointAccess} has judged what it may be. */
    Peer open(ZmtpPeer remote, PeerConnection connection) {
        EndpointOptions options = connection.options();
        Service<ByteBuf> service = dispatcher.service(options.service());
        return switch (connection.role()) {
            case CLIENTS -> client(remote, new ClientDialects(dispatcher, service, clientChoice(options)), connection);
            case WORKERS ->
                worker(remote, new WorkerDialects(dispatcher, service, rules(options, remote), envelopes), connection);
            case ANSWERS -> answerer(connection);
        };
    }

    private Peer client(ZmtpPeer remote, ClientDialects dialects, PeerConnection connection) {
        ClientSession session = remote.routingId().isEmpty()
                ? new ClientSession(dispatcher, clientGone.policyFor(remote), connection, () -> {})
                : namedSession(remote, connection);
        return new UndecidedClient(dialects, session, connection::become);
    }

    /** A client with a routing id is the one of the same user that had it before: it has come back, or its old connection is dead. */
    private ClientSession namedSession(ZmtpPeer remote, PeerConnection connection) {
        RoutingId id = remote.routingId();
        String user = remote.user().id();
        ClientSession known = sessions.find(user, id);
        if (known != null) {
            known.moveTo(connection, connection.nowNanos());
            return known;
        }
        GonePolicy policy = clientGone.policyFor(remote);
        int overhead = NAMED_CLIENT_OCTETS + id.length();
        ClientSession session =
                new ClientSession(dispatcher, policy, connection, () -> sessions.remove(user, id), overhead);
        sessions.put(user, id, session);
        return session;
    }

    /** Whether a client of that user and that name is connected now. */
    boolean isHere(ZmtpUser user, RoutingId id) {
        ClientSession known = sessions.find(user.id(), id);
        return known != null && !known.isAway();
    }

    private Peer worker(ZmtpPeer remote, WorkerDialects dialects, PeerConnection connection) {
        if (remote.type() == SocketType.PUSH) {
            return answerer(connection);
        }
        Optional<Peer> decided = dialects.open(remote.type(), connection);
        // A REQ of that age keeps what it did not wait for, and takes it for the reply to what it asks next.
        boolean mayWait = remote.type() == SocketType.REQ && remote.version() != ZmtpVersion.V2_0;
        return decided.orElseGet(
                () -> new UndecidedWorker(dialects, connection, mayWait ? revival : null, connection::become));
    }

    private Peer answerer(PeerConnection connection) {
        fetchersAnswered = true; // so there are workers here whose answers come by PUSH: those that fetch
        return new AnswerPeer(dispatcher, connection);
    }

    private static ClientDialects.Choice clientChoice(EndpointOptions options) {
        return switch (options.dialect()) {
            case PLAIN -> ClientDialects.Choice.PLAIN;
            case MAJORDOMO -> ClientDialects.Choice.MAJORDOMO;
            case AUTO, FETCH, LB, PIRATE, REP, DEALER -> ClientDialects.Choice.AUTO;
        };
    }

    private WorkerRules rules(EndpointOptions options, ZmtpPeer remote) {
        return new WorkerRules(
                workerChoice(options),
                options.credit(),
                PIRATE_HEARTBEAT_NANOS,
                MAJORDOMO_HEARTBEAT_NANOS,
                clientGone.policyFor(remote),
                rights(remote));
    }

    private static PeerRights rights(ZmtpPeer remote) {
        Set<AccessRole> roles = AccessRole.of(remote.user());
        return new PeerRights(roles.contains(AccessRole.CLIENT), roles.contains(AccessRole.WORKER));
    }

    private static WorkerDialects.Choice workerChoice(EndpointOptions options) {
        return switch (options.dialect()) {
            case FETCH -> WorkerDialects.Choice.FETCH;
            case LB -> WorkerDialects.Choice.LOAD_BALANCING;
            case PIRATE -> WorkerDialects.Choice.PIRATE;
            case MAJORDOMO -> WorkerDialects.Choice.MAJORDOMO;
            case REP -> WorkerDialects.Choice.REP;
            case DEALER -> WorkerDialects.Choice.DEALER;
            case AUTO, PLAIN -> WorkerDialects.Choice.AUTO;
        };
    }
}
