package io.zmtpbroker.broker.net;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Finds the address to connect to, never by blocking the caller, who may be the dispatch loop. */
final class AddressLookup {

    private static final DefaultThreadFactory THREADS = new DefaultThreadFactory("lookup", true);

    private AddressLookup() {}

    /** The address of an endpoint now; a name is looked up each time. Completes on any thread. */
    static CompletableFuture<SocketAddress> find(EndpointAddress address, Transport transport) {
        boolean blocks = address instanceof TcpAddress tcp && !tcp.isNumeric();
        Executor executor = blocks ? task -> THREADS.newThread(task).start() : Runnable::run;
        var found = new CompletableFuture<SocketAddress>();
        executor.execute(() -> {
            try {
                found.complete(toConnect(address, transport));
            } catch (IOException | RuntimeException e) {
                found.completeExceptionally(e);
            }
        });
        return found;
    }

    private static SocketAddress toConnect(EndpointAddress address, Transport transport) throws IOException {
        if (address instanceof IpcAddress ipc) {
            return transport.unixAddress(ipc);
        }
        return ((TcpAddress) address).toConnect();
    }
}
