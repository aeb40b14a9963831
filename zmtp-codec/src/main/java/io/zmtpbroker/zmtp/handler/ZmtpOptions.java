package io.zmtpbroker.zmtp.handler;

import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.security.NullMechanism;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpSocketPolicy;
import java.util.Optional;

/** How an endpoint speaks ZMTP: what it says it is, what it allows, how it is secured. Immutable. */
public final class ZmtpOptions {
    private final ZmtpSocketPolicy sockets;
    private final RoutingId routingId;
    private final Metadata metadata;
    private final ZmtpLimits limits;
    private final ZmtpHeartbeat heartbeat;
    private final ZmtpMechanismFactory mechanism;
    private final Optional<ZmtpHandshakeGuard> handshakeGuard;

    private ZmtpOptions(Builder builder) {
        sockets = builder.sockets;
        routingId = builder.routingId;
        metadata = builder.metadata;
        limits = builder.limits;
        heartbeat = builder.heartbeat;
        mechanism = builder.mechanism;
        handshakeGuard = builder.handshakeGuard;
    }

    /**
     * Options of an endpoint of one socket type.
     *
     * @param type what it announces to every peer
     * @return a builder
     */
    public static Builder builder(SocketType type) {
        return builder(ZmtpSocketPolicy.fixed(type));
    }

    /**
     * Options of an endpoint.
     *
     * @param sockets what it announces
     * @return a builder
     */
    public static Builder builder(ZmtpSocketPolicy sockets) {
        return new Builder(sockets);
    }

    /**
     * What the endpoint announces.
     *
     * @return the policy
     */
    public ZmtpSocketPolicy sockets() {
        return sockets;
    }

    /**
     * The name that the endpoint gives itself.
     *
     * @return empty by default
     */
    public RoutingId routingId() {
        return routingId;
    }

    /**
     * Properties that are announced behind {@code Socket-Type} and {@code Identity}.
     *
     * @return empty by default
     */
    public Metadata metadata() {
        return metadata;
    }

    /**
     * What a connection may ask.
     *
     * @return {@link ZmtpLimits#DEFAULT} by default
     */
    public ZmtpLimits limits() {
        return limits;
    }

    /**
     * How peers are seen to be there.
     *
     * @return {@link ZmtpHeartbeat#OFF} by default
     */
    public ZmtpHeartbeat heartbeat() {
        return heartbeat;
    }

    /**
     * The security mechanism; an endpoint has one, there is no negotiation.
     *
     * @return NULL by default
     */
    public ZmtpMechanismFactory mechanism() {
        return mechanism;
    }

    /**
     * Who decides for whom costly handshakes are done.
     *
     * @return nobody by default: they are done for all
     */
    public Optional<ZmtpHandshakeGuard> handshakeGuard() {
        return handshakeGuard;
    }

    /** Collects options; not for use by several threads. */
    public static final class Builder {
        private final ZmtpSocketPolicy sockets;
        private RoutingId routingId = RoutingId.EMPTY;
        private Metadata metadata = Metadata.EMPTY;
        private ZmtpLimits limits = ZmtpLimits.DEFAULT;
        private ZmtpHeartbeat heartbeat = ZmtpHeartbeat.OFF;
        private ZmtpMechanismFactory mechanism = NullMechanism::new;
        private Optional<ZmtpHandshakeGuard> handshakeGuard = Optional.empty();

        private Builder(ZmtpSocketPolicy sockets) {
            this.sockets = sockets;
        }

        /**
         * Sets {@link ZmtpOptions#routingId()}.
         *
         * @param id our name
         * @return this builder
         */
        public Builder routingId(RoutingId id) {
            routingId = id;
            return this;
        }

        /**
         * Sets {@link ZmtpOptions#metadata()}.
         *
         * @param properties neither {@code Socket-Type} nor {@code Identity} among them
         * @return this builder
         */
        public Builder metadata(Metadata properties) {
            metadata = properties;
            return this;
        }

        /**
         * Sets {@link ZmtpOptions#limits()}.
         *
         * @param allowed what a connection may ask
         * @return this builder
         */
        public Builder limits(ZmtpLimits allowed) {
            limits = allowed;
            return this;
        }

        /**
         * Sets {@link ZmtpOptions#heartbeat()}.
         *
         * @param settings when PINGs are sent, and when a peer is dead
         * @return this builder
         */
        public Builder heartbeat(ZmtpHeartbeat settings) {
            heartbeat = settings;
            return this;
        }

        /**
         * Sets {@link ZmtpOptions#mechanism()}.
         *
         * @param factory makes the mechanism of each connection
         * @return this builder
         */
        public Builder mechanism(ZmtpMechanismFactory factory) {
            mechanism = factory;
            return this;
        }

        /**
         * Sets {@link ZmtpOptions#handshakeGuard()}.
         *
         * @param guard asked on the event loop of each connection
         * @return this builder
         */
        public Builder handshakeGuard(ZmtpHandshakeGuard guard) {
            handshakeGuard = Optional.of(guard);
            return this;
        }

        /**
         * The options set so far.
         *
         * @return immutable options
         */
        public ZmtpOptions build() {
            return new ZmtpOptions(this);
        }
    }
}
