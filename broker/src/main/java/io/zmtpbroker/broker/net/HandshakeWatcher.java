package io.zmtpbroker.broker.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.zmtpbroker.zmtp.ZmtpHandshakeComplete;
import io.zmtpbroker.zmtp.ZmtpProtocolException;

/**
 * Sees how a connection fares that we made: when it is good for use, and what it ended of. A handshake that fails is counted
 * here, but not told to the connection, which would log each of the attempts that follow each other for ever.
 */
final class HandshakeWatcher extends ChannelInboundHandlerAdapter {

    private final DispatchLoop loop;
    private final Runnable onComplete;
    private boolean complete;
    private String reason = "it was closed";

    HandshakeWatcher(DispatchLoop loop, Runnable onComplete) {
        this.loop = loop;
        this.onComplete = onComplete;
    }

    /** Why the connection has ended, for people. */
    String reason() {
        return reason;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ZmtpHandshakeComplete) {
            complete = true;
            onComplete.run();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof ZmtpProtocolException violation) {
            reason = String.valueOf(violation.getMessage());
            if (!complete) {
                loop.counters().violation(violation.violation());
                context.close();
                return;
            }
        } else {
            reason = SystemReason.of(cause);
        }
        context.fireExceptionCaught(cause);
    }
}
