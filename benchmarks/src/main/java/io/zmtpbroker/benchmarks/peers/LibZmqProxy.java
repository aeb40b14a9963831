package io.zmtpbroker.benchmarks.peers;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;

/**
 * libzmq's own proxy between a ROUTER and a DEALER, with one I/O thread. One call, which never returns: nothing of Java runs while
 * messages flow, and only the memory is that of a JVM.
 */
public final class LibZmqProxy {

    private static final int BACKLOG = 4096;
    private static final int ENDPOINT_OCTETS = 256;

    private final LibZmq zmq = LibZmq.load();

    private LibZmqProxy() {}

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        new LibZmqProxy().run();
    }

    private void run() {
        Pointer context = zmq.zmq_ctx_new();
        Pointer clients = bind(context, LibZmq.ROUTER);
        Pointer workers = bind(context, LibZmq.DEALER);
        Announcement.print(endpoint(clients), endpoint(workers));
        zmq.zmq_proxy(clients, workers, Pointer.NULL);
    }

    private Pointer bind(Pointer context, int type) {
        Pointer socket = zmq.zmq_socket(context, type);
        set(socket, LibZmq.SNDHWM, 0);
        set(socket, LibZmq.RCVHWM, 0);
        set(socket, LibZmq.BACKLOG, BACKLOG);
        check(zmq.zmq_bind(socket, "tcp://127.0.0.1:*"));
        return socket;
    }

    private void set(Pointer socket, int option, int value) {
        check(zmq.zmq_setsockopt(socket, option, new IntByReference(value), Integer.BYTES));
    }

    private String endpoint(Pointer socket) {
        byte[] text = new byte[ENDPOINT_OCTETS];
        check(zmq.zmq_getsockopt(socket, LibZmq.LAST_ENDPOINT, text, new LongByReference(text.length)));
        return Native.toString(text);
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("libzmq: error " + Native.getLastError());
        }
    }
}
