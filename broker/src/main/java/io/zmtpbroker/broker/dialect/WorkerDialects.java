package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.GonePolicy;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.SocketType;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The dialects that workers of one endpoint may speak, and how a peer's is found. */
public final class WorkerDialects {

    /** Which ones. */
    public enum Choice {
        /** Found from the peer's socket type and its first message. */
        AUTO,
        /** Three-endpoint workers. */
        FETCH,
        /** The guide's load balancing. */
        LOAD_BALANCING,
        /** Paranoid Pirate. */
        PIRATE,
        /** Majordomo, clients included. */
        MAJORDOMO,
        /** REP. */
        REP,
        /** DEALER used like REP: ready as soon as it is connected. */
        DEALER
    }

    private final Dispatcher<ByteBuf> dispatcher;
    private final Service<ByteBuf> service;
    private final WorkerRules rules;
    private final EnvelopeRoom envelopes;

    /**
     * The dialects of an endpoint.
     *
     * @param service what workers offer that do not name a service
     * @param envelopes the room for those of fetches; one for all endpoints
     */
    public WorkerDialects(
            Dispatcher<ByteBuf> dispatcher, Service<ByteBuf> service, WorkerRules rules, EnvelopeRoom envelopes) {
        this.dispatcher = dispatcher;
        this.service = service;
        this.rules = rules;
        this.envelopes = envelopes;
    }

    /** The peer of a socket type whose type alone decides, or nothing where its first message does. */
    public Optional<Peer> open(SocketType type, PeerLink link) {
        if (type == SocketType.REP || rules.choice() == Choice.DEALER) {
            return Optional.of(new RepPeer(dispatcher, service, link, rules.credit()));
        }
        return Optional.empty();
    }

    /** The peer that speaks as a first message does; null, and the link closed, where nobody may speak so here. */
    @Nullable
    Peer open(ByteBuf firstMessage, PeerLink link, long nowNanos) {
        WorkerDialect dialect = dialectOf(firstMessage);
        if (dialect == null) {
            link.dropped(DropReason.NO_DELIMITER);
            return null;
        }
        if (!mayBe(dialect)) {
            link.refused("it began as a " + (dialect.isClient() ? "client" : "worker") + ", and its user is none");
            return null;
        }
        return switch (dialect) {
            case FETCH -> new FetchPeer(dispatcher, service, link, envelopes);
            case LOAD_BALANCING -> new LoadBalancingPeer(dispatcher, service, link, envelopes);
            case PIRATE ->
                new PiratePeer(dispatcher, service, link, new Liveness(rules.pirateHeartbeatNanos(), nowNanos));
            case MAJORDOMO_WORKER_0_1 -> majordomo(MajordomoVersion.V0_1, link, nowNanos);
            case MAJORDOMO_WORKER_0_2 -> majordomo(MajordomoVersion.V0_2, link, nowNanos);
            case MAJORDOMO_CLIENT_0_1 -> majordomoClient(MajordomoVersion.V0_1, link);
            case MAJORDOMO_CLIENT_0_2 -> majordomoClient(MajordomoVersion.V0_2, link);
            case PACKED_MAJORDOMO -> {
                link.close("it speaks the packed protocol of the zeromq/majordomo project, which is not 18/MDP");
                yield null;
            }
        };
    }

    private boolean mayBe(WorkerDialect dialect) {
        return dialect.isClient() ? rules.rights().mayAsk() : rules.rights().mayWork();
    }

    private @Nullable WorkerDialect dialectOf(ByteBuf message) {
        WorkerDialect found = WorkerDialect.of(message).orElse(null);
        return switch (rules.choice()) {
            case AUTO -> found;
            case FETCH -> WorkerDialect.FETCH;
            case LOAD_BALANCING -> WorkerDialect.LOAD_BALANCING;
            case PIRATE -> WorkerDialect.PIRATE;
            case MAJORDOMO -> found != null && found.isMajordomo() ? found : WorkerDialect.MAJORDOMO_WORKER_0_1;
            case REP, DEALER -> null; // these do not begin
        };
    }

    /** Whether a first message is lawful here and begins no fetch. */
    boolean isOtherThanFetch(ByteBuf firstMessage) {
        WorkerDialect dialect = dialectOf(firstMessage);
        return dialect != null && dialect != WorkerDialect.FETCH;
    }

    /**
     * The peer that a REQ is taken for which is silent, though workers would speak; it waits for a task.
     *
     * @param become told who the worker is, when its first message shows that it is another
     */
    Optional<Peer> openSilent(PeerLink link, Revival revival, Consumer<Peer> become) {
        if (!rules.rights().mayWork()) {
            return Optional.empty();
        }
        boolean fetches = rules.choice() == Choice.FETCH
                || (rules.choice() == Choice.AUTO && revival.fetchesLikely().getAsBoolean());
        if (fetches) {
            FetchPeer fetcher = FetchPeer.guessed(dispatcher, service, link, envelopes);
            return Optional.of(new GuessedWorker(fetcher, this, link, become));
        }
        return rules.choice() == Choice.LOAD_BALANCING
                ? Optional.of(LoadBalancingPeer.guessed(dispatcher, service, link, envelopes))
                : Optional.empty();
    }

    private Peer majordomo(MajordomoVersion version, PeerLink link, long nowNanos) {
        return new MajordomoWorkerPeer(
                dispatcher, version, link, new Liveness(rules.majordomoHeartbeatNanos(), nowNanos));
    }

    private Peer majordomoClient(MajordomoVersion version, PeerLink link) {
        GonePolicy policy = rules.clientGone();
        return new MajordomoClientPeer(dispatcher, version, new ClientSession(dispatcher, policy, link, () -> {}));
    }
}
