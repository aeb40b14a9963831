package io.zmtpbroker.broker.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadEventLoop;
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
record EventLoops(WatchedLoops group, Transport transport, LoopWatch watch) {

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");

    /**
     * Starts the loop. A transport that is there may still refuse, as io_uring does where memory may not be locked, or is too
     * small for its buffers; where none was asked for, the next best one takes its place.
     *
     * @param roomOctets how much may be held of what is not whole, beside one longest message
     * @throws TransportException if the one that was asked for refuses, or the last one
     */
    static EventLoops start(Transport wanted, long roomOctets) {
        return start(wanted, transport -> transport.ioHandlerFactory(roomOctets));
    }

    /** As above, with what drives the sockets of a transport. */
    static EventLoops start(Transport wanted, Function<Transport, IoHandlerFactory> factories) {
        Transport transport = wanted.resolved();
        while (true) {
            try {
                EventLoops loops = begin(transport, factories.apply(transport));
                LOG.debug("the transport is {}", transport.label());
                return loops;
            } catch (RuntimeException | OutOfMemoryError e) {
                Throwable root = root(e);
                if (root instanceof OutOfMemoryError && !WantOfHeap.isOfBuffers(root)) {
                    throw e; // which no other transport would help against
                }
                if (wanted != Transport.AUTO || transport == Transport.NIO) {
                    throw new TransportException(transport, reason(root), e);
                }
                Transport next = transport.nextBest();
                LOG.info("{} does not work here ({}): {} is used", transport.label(), reason(root), next.label());
                transport = next;
            }
        }
    }

    private static EventLoops begin(Transport transport, IoHandlerFactory handlers) {
        LoopWatch watch = new LoopWatch();
        WatchedLoops group = new WatchedLoops(watch, handlers);
        group.begin();
        return new EventLoops(group, transport, watch);
    }

    /** Netty says in front of it that there is no event loop. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String reason(Throwable root) {
        return root instanceof OutOfMemoryError
                ? "its own buffers do not fit in the memory for buffers, -XX:MaxDirectMemorySize"
                : SystemReason.of(root);
    }

    SingleThreadEventLoop loop() {
        return (SingleThreadEventLoop) group.next();
    }

    /** Told of a want of heap, it ends the loop. */
    WantOfHeap heap() {
        return group.heap();
    }
}
