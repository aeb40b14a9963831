package io.zmtpbroker.benchmarks.peers;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** JeroMQ's own proxy between a ROUTER and a DEALER, with one I/O thread: any number of tasks to each worker, in turn. */
public final class JeroMqProxy {

    private JeroMqProxy() {}

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        try (ZContext context = new ZContext(1)) {
            ZMQ.Socket clients = JeroMqSockets.bind(context, SocketType.ROUTER);
            ZMQ.Socket workers = JeroMqSockets.bind(context, SocketType.DEALER);
            Announcement.print(clients.getLastEndpoint(), workers.getLastEndpoint());
            ZMQ.proxy(clients, workers, null);
        }
    }
}
