package io.zmtpbroker.broker;

import static io.zmtpbroker.broker.Checked.notNegative;
import static io.zmtpbroker.broker.Checked.positive;

import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.broker.net.ClientGone;
import io.zmtpbroker.broker.net.ConnectionLimits;
import io.zmtpbroker.broker.net.Descriptors;
import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.EndpointAccess;
import io.zmtpbroker.broker.net.EndpointRole;
import io.zmtpbroker.broker.net.MemoryLimits;
import io.zmtpbroker.broker.net.MemoryShares;
import io.zmtpbroker.broker.net.NetLimits;
import io.zmtpbroker.broker.net.NetOptions;
import io.zmtpbroker.broker.net.Transport;
import io.zmtpbroker.broker.net.Zmtp20;
import io.zmtpbroker.zmtp.ZmtpLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Everything that a broker can be told, checked. Immutable; made by {@link #builder}. */
public final class BrokerConfig {

    private final Builder settings;

    private BrokerConfig(Builder settings) {
        this.settings = settings;
    }

    /** Begins a configuration without endpoints; everything else has a default. */
    public static Builder builder() {
        return builder(MemoryShares.ofThisJvm());
    }

    /** As {@link #builder()}, where that is the memory for buffers. */
    static Builder builder(MemoryShares shares) {
        return new Builder(shares);
    }

    /** Begins a configuration with three endpoints; everything else has a default. */
    public static Builder builder(Endpoint clients, Endpoint workers, Endpoint answers) {
        return builder().clients(clients).workers(workers).answers(answers);
    }

    /** The endpoints of a role, in the order in which they were given. */
    public List<Endpoint> endpoints(EndpointRole role) {
        return settings.endpoints.of(role);
    }

    /** Who gets in where an endpoint's mechanism asks. */
    public Access access() {
        return settings.access;
    }

    EndpointAccess endpointAccess() {
        boolean clientsApart = !endpoints(EndpointRole.CLIENTS).isEmpty();
        return new EndpointAccess(settings.access, settings.mechanism, clientsApart);
    }

    /** How long running attempts may take to end when the broker stops. */
    public Duration drain() {
        return settings.drain;
    }

    DispatchConfig dispatch() {
        return new DispatchConfig(
                settings.tries,
                settings.timeout.map(Duration::toNanos).orElse(0L),
                settings.workerGrace.toNanos(),
                settings.serviceWait.map(Duration::toNanos).orElse(0L),
                settings.queuedOctets());
    }

    NetOptions net() {
        return new NetOptions(
                settings.transport,
                endpointAccess(),
                settings.netLimits(),
                settings.heartbeat.settings(),
                settings.clientGone,
                settings.zmtp20,
                settings.reviveFetch);
    }

    /** What {@code --max-outgoing-bytes} stands for where less was said than must be allowed. */
    OptionalLong raisedOutgoingBytes() {
        long outgoing = settings.netLimits().memory().maxOutgoingOctets();
        boolean raised = settings.maxOutgoingBytes.orElse(outgoing) < outgoing;
        return raised ? OptionalLong.of(outgoing) : OptionalLong.empty();
    }

    /** How long a message may be, where nobody said it and memory is too small for the usual length. */
    OptionalLong loweredMessageBytes() {
        long message = settings.messageOctets();
        boolean lowered = settings.isMessageUsual()
                && message == settings.shares.message()
                && message < ZmtpLimits.DEFAULT.maxMessageLength();
        return lowered ? OptionalLong.of(message) : OptionalLong.empty();
    }

    /** Collects what a broker is told. A setter refuses, with an {@link IllegalArgumentException}, what makes no sense. */
    public static final class Builder {

        private final BrokerEndpoints endpoints;
        private final MemoryShares shares;
        private int tries;
        private Optional<Duration> timeout = Optional.empty();
        private Duration workerGrace = Duration.ofMillis(100);
        private Optional<Duration> serviceWait = Optional.empty();
        private Duration reviveFetch = Duration.ofSeconds(60);
        private Duration drain = Duration.ofSeconds(5);
        private ClientGone clientGone = ClientGone.AUTO;
        private Zmtp20 zmtp20 = Zmtp20.AUTO;
        private Transport transport = Transport.AUTO;
        private Access access = Access.NONE;
        private Mechanism mechanism = Mechanism.NULL;
        private ZmtpLimits limits = ZmtpLimits.DEFAULT;
        private BrokerHeartbeat heartbeat = BrokerHeartbeat.DEFAULT;
        private OptionalLong maxMessageBytes = OptionalLong.empty();
        private OptionalLong maxQueuedBytes = OptionalLong.empty();
        private int maxConnections = Descriptors.defaultMaxConnections();
        private OptionalInt maxConnectionsPerAddress = OptionalInt.empty();
        private int maxHandshakes = 4096;
        private OptionalInt maxHandshakesPerAddress = OptionalInt.empty();
        private int handshakeRate = 200;
        private Duration acceptPause = Duration.ofMillis(100);
        private OptionalLong maxClientBytes = OptionalLong.empty();
        private OptionalLong maxPartialBytes = OptionalLong.empty();
        private OptionalLong maxOutgoingBytes = OptionalLong.empty();

        private Builder(MemoryShares shares) {
            this.endpoints = new BrokerEndpoints();
            this.shares = shares;
        }

        private Builder(Builder other) {
            endpoints = new BrokerEndpoints(other.endpoints);
            shares = other.shares;
            tries = other.tries;
            timeout = other.timeout;
            workerGrace = other.workerGrace;
            serviceWait = other.serviceWait;
            reviveFetch = other.reviveFetch;
            drain = other.drain;
            clientGone = other.clientGone;
            zmtp20 = other.zmtp20;
            transport = other.transport;
            access = other.access;
            mechanism = other.mechanism;
            limits = other.limits;
            heartbeat = other.heartbeat;
            maxMessageBytes = other.maxMessageBytes;
            maxQueuedBytes = other.maxQueuedBytes;
            maxConnections = other.maxConnections;
            maxConnectionsPerAddress = other.maxConnectionsPerAddress;
            maxHandshakes = other.maxHandshakes;
            maxHandshakesPerAddress = other.maxHandshakesPerAddress;
            handshakeRate = other.handshakeRate;
            acceptPause = other.acceptPause;
            maxClientBytes = other.maxClientBytes;
            maxPartialBytes = other.maxPartialBytes;
            maxOutgoingBytes = other.maxOutgoingBytes;
        }

        /** One more endpoint where clients ask. Needed, unless all clients are of Majordomo and share one with workers. */
        public Builder clients(Endpoint endpoint) {
            endpoints.add(EndpointRole.CLIENTS, endpoint);
            return this;
        }

        /** One more endpoint where workers fetch or are given tasks. Needed. */
        public Builder workers(Endpoint endpoint) {
            endpoints.add(EndpointRole.WORKERS, endpoint);
            return this;
        }

        /** One more endpoint where workers that fetch may answer. */
        public Builder answers(Endpoint endpoint) {
            endpoints.add(EndpointRole.ANSWERS, endpoint);
            return this;
        }

        /** How often a request is handed out before it fails; without this, until it is answered. */
        public Builder tries(int tries) {
            this.tries = (int) positive("--tries", tries);
            return this;
        }

        /** How long an attempt may take; without this, as long as its worker stays connected. */
        public Builder timeout(Duration timeout) {
            this.timeout = Optional.of(positive("--timeout", timeout));
            return this;
        }

        /** How long after a worker's connection was lost its answer may still come; zero for not at all. */
        public Builder workerGrace(Duration grace) {
            this.workerGrace = notNegative("--worker-grace", grace);
            return this;
        }

        /** How long running attempts may take to end when the broker stops. */
        public Builder drain(Duration drain) {
            this.drain = notNegative("--drain", drain);
            return this;
        }

        /** How long a request may wait for a service that nobody offers; without this, for as long as it takes. */
        public Builder serviceWait(Duration wait) {
            this.serviceWait = Optional.of(positive("--service-wait", wait));
            return this;
        }

        /** For how long after the start a silent REQ is taken for a worker that waits for its task; zero for not at all. */
        public Builder reviveFetch(Duration time) {
            this.reviveFetch = notNegative("--revive-fetch", time);
            return this;
        }

        /** What becomes of the requests of a client that has gone. */
        public Builder clientGone(ClientGone clientGone) {
            this.clientGone = clientGone;
            return this;
        }

        /** Whether peers may speak ZMTP 2.0, where an endpoint does not say it; without this, where everybody is let in. */
        public Builder zmtp20(Zmtp20 zmtp20) {
            this.zmtp20 = zmtp20;
            return this;
        }

        /** How sockets are driven. */
        public Builder transport(Transport transport) {
            this.transport = transport;
            return this;
        }

        /** Who gets in where an endpoint's mechanism asks. */
        public Builder access(Access access) {
            this.access = access;
            return this;
        }

        /** How peers show who they are, at endpoints that do not say so themselves; without this, not at all. */
        public Builder mechanism(Mechanism mechanism) {
            this.mechanism = mechanism;
            return this;
        }

        /**
         * What one peer may send. Its messages may be three quarters of {@link #maxPartialBytes} long at most; the
         * usual length, {@link ZmtpLimits#DEFAULT}'s, stands for what fits where that is less, see {@link
         * #maxMessageBytes}.
         */
        public Builder limits(ZmtpLimits limits) {
            this.limits = limits;
            return this;
        }

        /** From one PING to the next, to peers that may get one; at least 100 ms, or zero for none. 10 s without this. */
        public Builder heartbeat(Duration interval) {
            heartbeat = heartbeat.withInterval(notNegative("--heartbeat", interval));
            return this;
        }

        /** How long a peer may be silent once a PING is due, at least 100 ms; three intervals without this. */
        public Builder heartbeatTimeout(Duration timeout) {
            heartbeat = heartbeat.withTimeout(notNegative("--heartbeat-timeout", timeout));
            return this;
        }

        /** How long a message may be, whatever {@link #limits} says; without both 64 MiB, or what fits where memory is small. */
        public Builder maxMessageBytes(long octets) {
            maxMessageBytes = OptionalLong.of(positive("--max-message-bytes", octets));
            return this;
        }

        /** How many octets of requests may wait or run before clients are read no more. */
        public Builder maxQueuedBytes(long octets) {
            maxQueuedBytes = OptionalLong.of(positive("--max-queued-bytes", octets));
            return this;
        }

        /** How many connections may be open at a time. */
        public Builder maxConnections(int connections) {
            this.maxConnections = (int) positive("--max-connections", connections);
            return this;
        }

        /** How many of these from one address; without this, seven eighths, so that no address can take all. */
        public Builder maxConnectionsPerAddress(int connections) {
            maxConnectionsPerAddress = OptionalInt.of((int) positive("--max-connections-per-address", connections));
            return this;
        }

        /** How many connections may be in their handshake at a time. */
        public Builder maxHandshakes(int handshakes) {
            this.maxHandshakes = (int) positive("--max-handshakes", handshakes);
            return this;
        }

        /** How many of these from one address; without this, half of them. */
        public Builder maxHandshakesPerAddress(int handshakes) {
            maxHandshakesPerAddress = OptionalInt.of((int) positive("--max-handshakes-per-address", handshakes));
            return this;
        }

        /** How many handshakes of PLAIN or CURVE are done for an address in a second; 0 for no limit. */
        public Builder handshakeRate(int handshakesPerSecond) {
            if (handshakesPerSecond < 0) {
                throw new IllegalArgumentException("--handshake-rate must not be negative: " + handshakesPerSecond);
            }
            this.handshakeRate = handshakesPerSecond;
            return this;
        }

        /** Between attempts to accept while there are no descriptors left, at least 10 ms; 100 ms without this. */
        public Builder acceptPause(Duration pause) {
            this.acceptPause = notNegative("--accept-pause", pause);
            return this;
        }

        /** How many octets of requests of one client may wait or run; without this, half of all. */
        public Builder maxQueuedBytesPerClient(long octets) {
            maxClientBytes = OptionalLong.of(positive("--max-queued-bytes-per-client", octets));
            return this;
        }

        /** How many octets of messages may be held that are not whole, of all peers together. */
        public Builder maxPartialBytes(long octets) {
            maxPartialBytes = OptionalLong.of(positive("--max-partial-bytes", octets));
            return this;
        }

        /**
         * How many octets may wait to be sent on one connection; without this, as many as requests may wait or run. It is never less
         * than a message and {@link MemoryShares#outgoingSpare}.
         */
        public Builder maxOutgoingBytes(long octets) {
            maxOutgoingBytes = OptionalLong.of(positive("--max-outgoing-bytes", octets));
            return this;
        }

        private long queuedOctets() {
            return maxQueuedBytes.orElse(shares.queued());
        }

        /** As it was set, or as long as fits. */
        private long messageOctets() {
            if (!isMessageUsual()) {
                return maxMessageBytes.orElse(limits.maxMessageLength());
            }
            long longest = MemoryLimits.longestMessage(maxPartialBytes.orElse(Long.MAX_VALUE));
            return Math.max(1, Math.min(shares.message(), longest));
        }

        /** Whether nobody said how long a message may be. */
        private boolean isMessageUsual() {
            return maxMessageBytes.isEmpty() && limits.maxMessageLength() == ZmtpLimits.DEFAULT.maxMessageLength();
        }

        private NetLimits netLimits() {
            var connections = new ConnectionLimits(
                    maxConnections,
                    maxConnectionsPerAddress.orElse(maxConnections - maxConnections / 8),
                    maxHandshakes,
                    maxHandshakesPerAddress.orElse(maxHandshakes - maxHandshakes / 2),
                    handshakeRate);
            long message = messageOctets();
            long queued = queuedOctets();
            long outgoing = Math.max(maxOutgoingBytes.orElse(queued), message + shares.outgoingSpare());
            var memory = new MemoryLimits(
                    maxClientBytes.orElse(queued - queued / 2),
                    maxPartialBytes.orElse(shares.partial(message)),
                    outgoing);
            return new NetLimits(limits.withMaxMessageLength(message), connections, memory, acceptPause);
        }

        /**
         * The configuration; this builder may go on to make others.
         *
         * @throws IllegalArgumentException if an endpoint is missing, or credentials are, or nobody would ask for them, or settings
         *     contradict each other
         */
        public BrokerConfig build() {
            endpoints.checkComplete();
            endpoints.checkAccess(access, mechanism);
            endpoints.checkZmtp20(zmtp20, mechanism);
            heartbeat.settings();
            netLimits();
            return new BrokerConfig(new Builder(this));
        }
    }
}
