package io.zmtpbroker.zmtp.handler;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.wire.HeartbeatWire;

/**
 * The heartbeat of one connection: sends PINGs, ends the connection when its peer is dead, and keeps a peer that the
 * application does not read ({@code autoRead} false) from giving us up. Its PINGs are not seen then, but it takes a PONG that
 * answers none for a sign of life.
 *
 * <p>It costs a read one write of a field; everything else is done when the {@link HeartbeatSweep} comes by.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails has ended the channel, which is seen as such
final class Heartbeat {
    /** The {@link #place} of one that is in no sweep. */
    static final int NOWHERE = -1;

    /**
     * A message that long may be on its way for longer than a TTL. libzmq counts only whole frames as signs of life, and the
     * first one may be the long one.
     */
    private static final int LONG_MESSAGE_LENGTH = 1 << 20;

    private static final byte[] NO_CONTEXT = {};

    private final ZmtpHeartbeat settings;
    private final boolean speaksHeartbeats;
    private final PingRhythm theirs = new PingRhythm();
    private final OutboundProgress outbound = new OutboundProgress();

    /** Where this stands in the list of its sweep, which keeps it up to date. */
    int place = NOWHERE;

    private boolean heard;

    /** Whether messages were written since octets have come. */
    private boolean writtenSinceHeard;

    private boolean closed;

    /** Whether a PING with a TTL is perhaps the last thing that the peer got. */
    private boolean ttlRuns;

    /** When this was swept last, by the time of the sweep. */
    private long sweptNanos;

    /** When the peer was last given a sign of life while it was not read. */
    private long signNanos;

    @SuppressWarnings("NullAway.Init") // set by open, before anything else is called
    private ChannelHandlerContext context;

    @SuppressWarnings("NullAway.Init") // as context
    private HeartbeatSweep sweep; // set when this joins, as pulse

    @SuppressWarnings("NullAway.Init") // as context
    private PeerPulse pulse;

    /** The heartbeat of a connection whose handshake is complete. */
    Heartbeat(ZmtpHeartbeat settings, ZmtpPeer peer) {
        this.settings = settings;
        this.speaksHeartbeats = peer.minorVersion() >= 1;
    }

    /** Begins, with the context of the handler that deals with commands. */
    void open(ChannelHandlerContext ctx) {
        context = ctx;
        if (speaksHeartbeats) {
            join(nowNanos());
        }
    }

    private void join(long nowNanos) {
        sweep = HeartbeatSweep.of(context.executor());
        sweptNanos = sweep.heardNanos();
        signNanos = nowNanos;
        pulse = new PeerPulse(settings, sweptNanos, nowNanos);
        sweep.add(this);
    }

    private long nowNanos() {
        return context.executor().ticker().nanoTime();
    }

    /** Octets have come, whatever they are. */
    void heard() {
        heard = true;
        writtenSinceHeard = false;
    }

    /** A PING has come, with its TTL in tenths of a second. */
    void onPing(int ttlTenths) {
        if (closed) {
            return;
        }
        long nowNanos = nowNanos();
        theirs.onPing(nowNanos);
        if (place == NOWHERE) {
            join(nowNanos);
        }
        pulse.onPing(ttlTenths);
        sweep.sweepWithin(finenessNanos());
    }

    /** So many octets of messages are about to be written. Ends the wait of a TTL that could run out in the midst of them. */
    void beforeWrite(int octets) {
        writtenSinceHeard = true;
        if (ttlRuns && octets >= LONG_MESSAGE_LENGTH) {
            ttlRuns = false;
            context.write(pong());
        }
    }

    /** The connection has ended. May be called more than once. */
    void close() {
        closed = true;
        if (place != NOWHERE) {
            sweep.remove(this);
        }
    }

    /** How often this must be swept. */
    long finenessNanos() {
        return Math.min(pulse.finenessNanos(), theirs.signNanos() / 2);
    }

    /**
     * Does what is due. May end the connection, or cause its end.
     *
     * @param heardNanos the time in which peers could be heard
     */
    void sweep(long heardNanos, long nowNanos) {
        Channel channel = context.channel();
        long passedNanos = heardNanos - sweptNanos;
        sweptNanos = heardNanos;
        boolean isAlive = outbound.moved(channel.unsafe().outboundBuffer()) || heard;
        heard = false;
        if (!channel.config().isAutoRead()) {
            theirs.unread();
            pulse.alive(heardNanos);
            giveSign(nowNanos);
            return;
        }
        theirs.read(passedNanos);
        if (isAlive) {
            pulse.alive(heardNanos);
        }
        switch (pulse.judge(heardNanos)) {
            case ALIVE -> ping(heardNanos, nowNanos);
            case SILENT -> endSilent();
            case EXPIRED -> end(ZmtpViolation.TTL_EXPIRED, "nothing came within the TTL that it had announced");
        }
    }

    /** The sweep of this one has failed: a bug, or the end of the memory for buffers. */
    void fail(Throwable cause) {
        context.fireExceptionCaught(cause);
        context.channel().close();
    }

    private void endSilent() {
        if (settings.sparesSlowReaders() && writtenSinceHeard) {
            return;
        }
        double seconds = settings.timeout().toMillis() / 1000.0;
        end(ZmtpViolation.HEARTBEAT_TIMEOUT, "nothing came for " + seconds + " s since a PING was due");
    }

    private void ping(long heardNanos, long nowNanos) {
        // Behind octets that wait it would be late, and they do as well: they go out if the peer takes them.
        if (pulse.takePing(heardNanos, nowNanos) && context.channel().isWritable()) {
            ttlRuns = settings.ttlTenths() > 0;
            context.writeAndFlush(HeartbeatWire.encodePing(context.alloc(), settings.ttlTenths(), NO_CONTEXT));
        }
    }

    private void giveSign(long nowNanos) {
        if (nowNanos - signNanos >= theirs.signNanos() && context.channel().isWritable()) {
            signNanos = nowNanos;
            context.writeAndFlush(pong());
        }
    }

    private ByteBuf pong() {
        return HeartbeatWire.encodePong(context.alloc(), Unpooled.EMPTY_BUFFER);
    }

    private void end(ZmtpViolation violation, String reason) {
        context.fireExceptionCaught(new ZmtpProtocolException(violation, reason));
        context.channel().close();
    }
}
