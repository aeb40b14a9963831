package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;

/** Makes each accepted channel a connection, or closes it where there are too many. */
final class Acceptor extends ChannelInitializer<Channel> {

    private final DispatchLoop loop;
    private final int maxConnections;
    private final ConnectionSetup setup;

    Acceptor(DispatchLoop loop, int maxConnections, ConnectionSetup setup) {
        this.loop = loop;
        this.maxConnections = maxConnections;
        this.setup = setup;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (loop.connections().size() >= maxConnections) {
            loop.counters().connectionRefused();
            channel.close();
            return;
        }
        setup.install(channel);
    }
}
