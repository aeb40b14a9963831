package io.zmtpbroker.broker.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why connections were closed, at most so many lines a second: a storm of bad peers must not become a storm of lines.
 * What was left out is counted and told with the next line. Confined to the dispatch loop.
 */
final class ConnectionLog {

    static final int LINES_PER_SECOND = 10;

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private boolean traced;
    private boolean started;
    private long secondBeganNanos;
    private int linesInSecond;
    private long leftOut;

    /** Logs that a connection was closed, and why; of what a peer has sent only the reason of its ERROR, in quotes. */
    void closed(PeerConnection connection, String reason, long nowNanos) {
        if (mayLogOrCount(nowNanos)) {
            LOG.warn("closed {}: {}", connection, reason);
        }
    }

    /** Logs that a peer was not let in, and why. */
    void refused(@Nullable SocketAddress address, EndpointRole role, String reason, long nowNanos) {
        if (mayLogOrCount(nowNanos)) {
            Object peer = address instanceof InetSocketAddress ? address : "a Unix socket";
            LOG.warn("refused a connection of {} for {}: {}", peer, role.label(), reason);
        }
    }

    private boolean mayLogOrCount(long nowNanos) {
        if (!mayLog(nowNanos)) {
            leftOut++;
            return false;
        }
        if (leftOut > 0) {
            LOG.warn("{} more lines about closed connections were left out", leftOut);
            leftOut = 0;
        }
        return true;
    }

    /** Logs an error of the broker's own, the first one with all that helps to find it. */
    void failed(PeerConnection connection, Throwable cause, long nowNanos) {
        if (!traced) {
            traced = true;
            LOG.error("closed {} because of an internal error", connection, cause);
        } else {
            closed(connection, "an internal error: " + cause, nowNanos);
        }
    }

    private boolean mayLog(long nowNanos) {
        if (!started || nowNanos - secondBeganNanos >= SECOND_NANOS) {
            started = true;
            secondBeganNanos = nowNanos;
            linesInSecond = 0;
        }
        return linesInSecond++ < LINES_PER_SECOND;
    }
}
