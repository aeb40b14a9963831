package io.zmtpbroker.zmtp.handler;

import io.netty.channel.ChannelPipeline;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.security.ZmtpLocalEnd;
import org.jspecify.annotations.Nullable;

/**
 * The only place that knows the handlers of a connection and their order. First there is the handshake; when it is complete,
 * a {@link ZmtpMessageHandler} takes its place, behind a {@link ZmtpTrafficHandler} where the mechanism protects messages, and {@link io.zmtpbroker.zmtp.ZmtpHandshakeComplete} is fired, and only then
 * messages are delivered. Application handlers stand behind.
 *
 * <p>Whole messages are written as {@link io.zmtpbroker.zmtp.ZmtpMessage}, or as a {@code ByteBuf} of one or more whole
 * messages in wire form; not before the handshake is complete. A violation passes through the pipeline as a
 * {@link io.zmtpbroker.zmtp.ZmtpProtocolException}, once a connection, and the channel is closed right after.
 */
public final class ZmtpPipeline {
    private static final String HANDSHAKE = "zmtp-handshake";
    private static final String TRAFFIC = "zmtp-traffic";
    private static final String MESSAGES = "zmtp-messages";

    private final ZmtpOptions options;
    private final ZmtpLocalEnd local;

    private ZmtpPipeline(ZmtpOptions options, ZmtpRole role) {
        this.options = options;
        local = new ZmtpLocalEnd(role, options.sockets(), options.routingId(), options.metadata());
        options.mechanism().check(local);
    }

    /**
     * For connections that come to us.
     *
     * @param options of the endpoint
     * @return may be used for any number of connections, on any thread
     * @throws IllegalArgumentException if the options contradict each other
     */
    public static ZmtpPipeline accepting(ZmtpOptions options) {
        return new ZmtpPipeline(options, ZmtpRole.ACCEPTING);
    }

    /**
     * For connections that we make.
     *
     * @param options of the endpoint; its socket type must be fixed
     * @return may be used for any number of connections, on any thread
     * @throws IllegalArgumentException if the options contradict each other
     */
    public static ZmtpPipeline connecting(ZmtpOptions options) {
        return new ZmtpPipeline(options, ZmtpRole.CONNECTING);
    }

    /**
     * Adds ZMTP at the end of a pipeline; each message passes on as a {@link io.zmtpbroker.zmtp.ZmtpMessage} that the
     * receiver releases. To be called before the channel reads, as from a {@code ChannelInitializer}.
     *
     * @param pipeline of a stream of octets
     */
    public void install(ChannelPipeline pipeline) {
        addHandshake(pipeline, null);
    }

    /**
     * Adds ZMTP at the end of a pipeline; messages go to a listener and not through the pipeline. To be called before the
     * channel reads, as from a {@code ChannelInitializer}.
     *
     * @param pipeline of a stream of octets
     * @param listener of this one connection
     */
    public void install(ChannelPipeline pipeline, ZmtpMessageListener listener) {
        addHandshake(pipeline, listener);
    }

    private void addHandshake(ChannelPipeline pipeline, @Nullable ZmtpMessageListener listener) {
        ZmtpHandshakeHandler handshake =
                new ZmtpHandshakeHandler(options, local, listener, (context, peer, traffic) -> {
                    ChannelPipeline handlers = context.pipeline();
                    Heartbeat heartbeat = new Heartbeat(options.heartbeat(), peer);
                    var messages = new ZmtpMessageHandler(options.limits(), peer.version(), heartbeat, listener);
                    handlers.addAfter(context.name(), MESSAGES, messages);
                    if (traffic != null) {
                        messages.standsBehind(traffic);
                        handlers.addBefore(MESSAGES, TRAFFIC, new ZmtpTrafficHandler(traffic, heartbeat));
                    }
                });
        pipeline.addLast(HANDSHAKE, handshake);
    }
}
