package io.zmtpbroker.benchmarks.peers;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Sockets as a broker needs them: they listen on any free port, and their queues have no limit. */
final class JeroMqSockets {

    private static final int BACKLOG = 4096;

    private JeroMqSockets() {}

    static ZMQ.Socket bind(ZContext context, SocketType type) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setHWM(0);
        socket.setBacklog(BACKLOG);
        socket.bind("tcp://127.0.0.1:*");
        return socket;
    }
}
