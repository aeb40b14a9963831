package io.zmtpbroker.broker.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a listening channel does when the system gives no more descriptors: it pauses, and tries again. Those who come meanwhile
 * wait in the backlog, and nothing spins. Handles what Netty would handle with a stack trace and a pause of a second each time.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DispatchLoop loop;
    private final EndpointRole role;
    private final long pauseNanos;
    private boolean failed;
    private boolean paused;
    private long loggedNanos;

    /**
     * Of a channel that has not failed yet.
     *
     * @param pause before the next attempt
     */
    AcceptFailures(DispatchLoop loop, EndpointRole role, Duration pause) {
        this.loop = loop;
        this.role = role;
        this.pauseNanos = pause.toNanos();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a timer of the channel's own loop
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        loop.heap().lookAt(cause);
        loop.counters().acceptFailed();
        long nowNanos = context.executor().ticker().nanoTime();
        if (!failed || nowNanos - loggedNanos >= QUIET_NANOS) {
            failed = true;
            loggedNanos = nowNanos;
            LOG.warn("cannot accept connections of {}: {}; trying again", role.label(), SystemReason.of(cause));
        }
        if (!paused) { // io_uring has begun the next attempt when it reports that one has failed
            paused = true;
            context.channel().config().setAutoRead(false);
            context.executor().schedule(() -> goOn(context), pauseNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void goOn(ChannelHandlerContext context) {
        paused = false;
        context.channel().config().setAutoRead(true);
    }
}
