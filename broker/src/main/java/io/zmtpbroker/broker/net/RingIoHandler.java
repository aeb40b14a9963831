package io.zmtpbroker.broker.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Netty's io_uring, but for what happens when the {@link ReceiveRing} is used up. The kernel ends all orders to receive then, and
 * Netty (4.2.18) gives each again, also those that had been withdrawn a moment before: peers that are stopped would go on. Here an order
 * that ends so counts as withdrawn, and Netty gives it again where somebody wants to read, which {@link RingReading} has made sure
 * of.
 *
 * @param netty does all of it
 */
record RingIoHandler(IoHandler netty) implements IoHandler {

    /** For a loop with a ring of receive buffers. */
    static IoHandlerFactory newFactory(ReceiveRing ring) {
        return new Factory(IoUringIoHandler.newFactory(ring.loopConfig()));
    }

    private record Factory(IoHandlerFactory netty) implements IoHandlerFactory {

        @Override
        public IoHandler newHandler(ThreadAwareExecutor loop) {
            return new RingIoHandler(netty.newHandler(loop));
        }

        @Override
        public boolean isChangingThreadSupported() {
            return netty.isChangingThreadSupported();
        }
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return netty.register(handle instanceof IoUringIoHandle ? new Handle(handle) : handle);
    }

    @Override
    public void initialize() {
        netty.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return netty.run(context);
    }

    @Override
    public void prepareToDestroy() {
        netty.prepareToDestroy();
    }

    @Override
    public void destroy() {
        netty.destroy();
    }

    @Override
    public void wakeup() {
        netty.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return netty.isCompatible(type);
    }

    /** One channel. */
    @SuppressWarnings("try") // its close() throws what Netty's may
    private static final class Handle implements IoUringIoHandle {

        /** From linux/io_uring.h, errno.h and poll.h. */
        private static final byte RECEIVE = 27;

        private static final byte POLL = 6;
        private static final int RING_USED_UP = -105;
        private static final int WITHDRAWN = -125;
        private static final int PEER_HUNG_UP = 0x2000;

        private final IoHandle netty;

        /** From then on all that is left is read, and the end, whoever wants it. */
        private boolean hungUp;

        Handle(IoHandle netty) {
            this.netty = netty;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            IoUringIoEvent completion = (IoUringIoEvent) event;
            if (completion.res() == RING_USED_UP && completion.opcode() == RECEIVE && !hungUp) {
                netty.handle(registration, new IoUringIoEvent(WITHDRAWN, 0, RECEIVE, completion.userData()));
                return;
            }
            if (completion.opcode() == POLL && completion.res() > 0 && (completion.res() & PEER_HUNG_UP) != 0) {
                hungUp = true;
            }
            netty.handle(registration, event);
        }

        @Override
        public void registered() {
            netty.registered();
        }

        @Override
        public void unregistered() {
            netty.unregistered();
        }

        @Override
        public void close() throws Exception {
            netty.close();
        }
    }
}
