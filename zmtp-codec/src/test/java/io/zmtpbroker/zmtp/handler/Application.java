package io.zmtpbroker.zmtp.handler;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last handler of a pipeline: writes down what reaches it. */
class Application extends ChannelInboundHandlerAdapter {
    final List<String> events = new ArrayList<>();

    @Nullable
    ZmtpPeer peer;

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ZmtpHandshakeComplete complete) {
            peer = complete.peer();
            events.add("complete " + complete.peer().type());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ZmtpMessage zmtp = (ZmtpMessage) message;
        events.add("message " + Hex.of(zmtp.content()));
        zmtp.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        events.add(
                cause instanceof ZmtpProtocolException e
                        ? "violation " + e.violation()
                        : "exception " + cause.getMessage());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        events.add("inactive");
    }
}
