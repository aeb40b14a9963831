package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import io.zmtpbroker.zmtp.handler.ZmtpHandshakeGuard;
import io.zmtpbroker.zmtp.handler.ZmtpOptions;
import io.zmtpbroker.zmtp.handler.ZmtpPipeline;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.security.ZmtpSocketPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Makes channels connections of an endpoint.
 *
 * @param loop where they belong
 * @param role of the endpoint
 * @param endpoint where they come to, or go to
 * @param pipeline what they speak
 */
record ConnectionSetup(DispatchLoop loop, EndpointRole role, Endpoint endpoint, ZmtpPipeline pipeline) {

    /** For connections that come to us. */
    static ConnectionSetup accepting(DispatchLoop loop, EndpointRole role, Endpoint endpoint, NetOptions net) {
        var sockets = EndpointSockets.accepting(role, endpoint.options().dialect());
        boolean refuse = endpoint.options().duplicate() == EndpointDuplicate.REFUSE;
        var options = ZmtpOptions.builder(permitted(role, refuse ? sockets.refusingTaken(loop::isClientHere) : sockets))
                .limits(net.limits().zmtp())
                .heartbeat(heartbeat(role, net))
                .mechanism(mechanism(role, endpoint, net))
                .handshakeGuard(guard(loop))
                .build();
        return new ConnectionSetup(loop, role, endpoint, ZmtpPipeline.accepting(options));
    }

    /** For connections that we make. */
    static ConnectionSetup connecting(DispatchLoop loop, EndpointRole role, Endpoint endpoint, NetOptions net) {
        var socket = EndpointSockets.connecting(role, endpoint.options().dialect());
        var options = ZmtpOptions.builder(permitted(role, ZmtpSocketPolicy.fixed(socket)))
                .limits(net.limits().zmtp())
                .heartbeat(heartbeat(role, net))
                .mechanism(mechanism(role, endpoint, net))
                .build();
        return new ConnectionSetup(loop, role, endpoint, ZmtpPipeline.connecting(options));
    }

    private static ZmtpSocketPolicy permitted(EndpointRole role, ZmtpSocketPolicy sockets) {
        return sockets.permitting((user, peer) -> EndpointAccess.permits(role, user, peer));
    }

    private static ZmtpHandshakeGuard guard(DispatchLoop loop) {
        return new ZmtpHandshakeGuard() {
            @Override
            public boolean admits(Channel channel) {
                return loop.mayWorkFor(channel);
            }

            @Override
            public boolean mayStepNow(Channel channel, Runnable step) {
                return loop.mayStepNow(channel, step);
            }
        };
    }

    private static ZmtpMechanismFactory mechanism(EndpointRole role, Endpoint endpoint, NetOptions net) {
        boolean anybody = net.access().mechanismOf(endpoint) == Mechanism.NULL;
        return net.zmtp20().isAdmittedAt(endpoint, anybody)
                ? ZmtpMechanisms.anonymousOrZmtp20()
                : net.access().mechanism(role, endpoint);
    }

    /**
     * Clients may be sent many answers, and are left in peace while they are slow to take them. Workers have little before them
     * that they have not asked for, and their tasks must go to others soon.
     */
    private static ZmtpHeartbeat heartbeat(EndpointRole role, NetOptions net) {
        return role == EndpointRole.CLIENTS ? net.heartbeat().sparingSlowReaders() : net.heartbeat();
    }

    /**
     * Makes an open channel that we made a connection; on the dispatch loop.
     *
     * @param watchers handlers that see what comes out of the handshake before the connection does
     */
    void install(Channel channel, ChannelHandler... watchers) {
        install(channel, null, watchers);
    }

    /** Makes a channel that was accepted a connection; on the dispatch loop. */
    void installArrival(Channel channel) {
        install(channel, loop.arrivals().enter(PeerOrigin.of(channel), loop.nowNanos()));
    }

    private void install(Channel channel, @Nullable Arrival arrival, ChannelHandler... watchers) {
        PeerConnection connection = new PeerConnection(loop, role, endpoint, channel, arrival);
        loop.opened(connection);
        if (RingReading.isFor(channel)) {
            channel.pipeline().addLast(new RingReading(loop.intake(), connection.gate()));
        }
        pipeline.install(channel.pipeline(), connection);
        channel.pipeline().addLast(watchers).addLast(connection);
    }
}
