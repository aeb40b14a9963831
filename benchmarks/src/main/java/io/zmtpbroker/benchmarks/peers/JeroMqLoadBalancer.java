package io.zmtpbroker.benchmarks.peers;

import java.util.ArrayDeque;
import java.util.Deque;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The guide's load-balancing broker on JeroMQ, with one I/O thread: the worker that has been idle longest is given the next
 * request, and clients are read only while a worker is idle. Many messages are taken in a row from one socket, so that polling
 * is not what is measured.
 */
public final class JeroMqLoadBalancer {

    private static final int MESSAGES_IN_A_ROW = 100;

    private final ZMQ.Socket clients;
    private final ZMQ.Socket workers;
    private final Deque<byte[]> idle = new ArrayDeque<>();

    private JeroMqLoadBalancer(ZMQ.Socket clients, ZMQ.Socket workers) {
        this.clients = clients;
        this.workers = workers;
    }

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        try (ZContext context = new ZContext(1)) {
            ZMQ.Socket clients = JeroMqSockets.bind(context, SocketType.ROUTER);
            ZMQ.Socket workers = JeroMqSockets.bind(context, SocketType.ROUTER);
            Announcement.print(clients.getLastEndpoint(), workers.getLastEndpoint());
            new JeroMqLoadBalancer(clients, workers).serve(context);
        }
    }

    private void serve(ZContext context) {
        ZMQ.Poller workersAlone = context.createPoller(1);
        workersAlone.register(workers, ZMQ.Poller.POLLIN);
        ZMQ.Poller both = context.createPoller(2);
        both.register(workers, ZMQ.Poller.POLLIN);
        both.register(clients, ZMQ.Poller.POLLIN);
        while ((idle.isEmpty() ? workersAlone : both).poll(-1) >= 0) {
            readWorkers();
            readClients();
        }
    }

    /** {@code [worker, "", READY]} or {@code [worker, "", client, "", reply...]}. */
    private void readWorkers() {
        for (int i = 0; i < MESSAGES_IN_A_ROW; i++) {
            byte[] worker = workers.recv(ZMQ.DONTWAIT);
            if (worker == null) {
                return;
            }
            idle.add(worker);
            workers.recv();
            byte[] client = workers.recv();
            if (workers.hasReceiveMore()) {
                clients.send(client, ZMQ.SNDMORE);
                pass(workers, clients);
            }
        }
    }

    /** {@code [client, "", request...]}. */
    private void readClients() {
        for (int i = 0; i < MESSAGES_IN_A_ROW && !idle.isEmpty(); i++) {
            byte[] client = clients.recv(ZMQ.DONTWAIT);
            if (client == null) {
                return;
            }
            workers.send(idle.remove(), ZMQ.SNDMORE);
            workers.send(ZMQ.MESSAGE_SEPARATOR, ZMQ.SNDMORE);
            workers.send(client, ZMQ.SNDMORE);
            pass(clients, workers);
        }
    }

    private static void pass(ZMQ.Socket from, ZMQ.Socket to) {
        boolean more;
        do {
            byte[] frame = from.recv();
            more = from.hasReceiveMore();
            to.send(frame, more ? ZMQ.SNDMORE : 0);
        } while (more);
    }
}
