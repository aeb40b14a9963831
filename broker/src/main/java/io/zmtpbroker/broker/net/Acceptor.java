package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;

/** Makes each accepted channel a connection, or closes it where there are too many. */
final class Acceptor extends ChannelInitializer<Channel> {

    private final DispatchLoop loop;
    private final ConnectionSetup setup;

    Acceptor(DispatchLoop loop, ConnectionSetup setup) {
        this.loop = loop;
        this.setup = setup;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (loop.admits(channel, setup.role())) {
            setup.installArrival(channel);
        } else {
            channel.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        loop.heap().lookAt(cause);
        super.exceptionCaught(context, cause);
    }
}
