package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.zmtpbroker.broker.BrokerConfig;
import io.zmtpbroker.broker.InnerConfig;

/**
 * Everything of a broker but its sockets: its connections are channels that are given octets by hand. In this package, as a test
 * would be, so that nothing has to be opened for it.
 */
public final class InMemoryBroker {

    private final BrokerConfig config;
    private final DispatchLoop loop;

    /** A broker on this event loop; its endpoints are never opened. */
    public InMemoryBroker(SingleThreadEventLoop eventLoop, BrokerConfig config) {
        this.config = config;
        loop = new DispatchLoop(
                eventLoop, new WantOfHeap(() -> {}), InnerConfig.dispatch(config), InnerConfig.net(config));
    }

    /** Takes a channel as a connection that came to the first endpoint of a role; on the event loop, before anything is read. */
    public void accept(EndpointRole role, Channel channel) {
        Endpoint endpoint = config.endpoints(role).get(0);
        ConnectionSetup.accepting(loop, role, endpoint, InnerConfig.net(config)).install(channel);
    }
}
