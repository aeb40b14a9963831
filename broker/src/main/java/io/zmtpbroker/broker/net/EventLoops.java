package io.zmtpbroker.broker.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadEventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop of a broker, with the transport that it runs on.
 *
 * @param group of the one loop
 * @param transport what it was made for; never {@link Transport#AUTO}
 * @param watch of the loop's thread
 */
record EventLoops(EventLoopGroup group, Transport transport, LoopWatch watch) {

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");

    /**
     * Starts the loop. A transport that is there may still refuse, as io_uring does where memory may not be locked; where
     * none was asked for, the next best one takes its place.
     *
     * @param roomOctets how much may be held of what is not whole, beside one longest message
     */
    static EventLoops start(Transport wanted, long roomOctets) {
        return start(wanted, transport -> transport.ioHandlerFactory(roomOctets));
    }

    /** As above, with what drives the sockets of a transport. */
    static EventLoops start(Transport wanted, Function<Transport, IoHandlerFactory> factories) {
        Transport transport = wanted.resolved();
        while (true) {
            LoopWatch watch = new LoopWatch();
            try {
                EventLoopGroup group = new WatchedLoops(watch, factories.apply(transport));
                LOG.debug("the transport is {}", transport.label());
                return new EventLoops(group, transport, watch);
            } catch (RuntimeException e) {
                if (wanted != Transport.AUTO || transport == Transport.NIO) {
                    throw e;
                }
                Transport next = transport.nextBest();
                LOG.info("{} does not work here ({}): {} is used", transport.label(), reason(e), next.label());
                transport = next;
            }
        }
    }

    /** The root: Netty says in front of it that there is no event loop. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return SystemReason.of(root);
    }

    /** Ends the loop at once, with all of its connections, as it would end by itself. */
    void endSuddenly() {
        watch.failed();
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    SingleThreadEventLoop loop() {
        return (SingleThreadEventLoop) group.next();
    }
}
