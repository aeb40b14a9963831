package io.zmtpbroker.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between peers and one port of the broker, and passes everything on: so a test sees what the broker sends, and can make the
 * line from the broker as slow as it wants.
 */
final class Wiretap implements AutoCloseable {
    private static final int PIECE = 16 << 10;

    private final ServerSocket listener;
    private final int target;
    private final long piecesPerSecond;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private Wiretap(int target, long octetsPerSecond) throws IOException {
        this.target = target;
        this.piecesPerSecond = octetsPerSecond / PIECE;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** A line without limits. */
    static Wiretap to(int port) {
        return slowlyFrom(port, Long.MAX_VALUE);
    }

    /** A line that takes so many octets a second from the broker, and has little room of its own. */
    static Wiretap slowlyFrom(int port, long octetsPerSecond) {
        try {
            Wiretap wire = new Wiretap(port, octetsPerSecond);
            start(wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "tcp://127.0.0.1:" + listener.getLocalPort();
    }

    /** How many have come through. */
    int connections() {
        return sockets.size() / 2;
    }

    /** All that the broker has sent, an octet a character. */
    String answers() {
        return answers.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket peer = listener.accept();
            Socket broker = new Socket();
            if (piecesPerSecond < Long.MAX_VALUE / PIECE) {
                broker.setReceiveBufferSize(PIECE);
            }
            broker.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            sockets.addAll(List.of(peer, broker));
            start(() -> pass(peer, broker, false));
            start(() -> pass(broker, peer, true));
        }
    }

    private void pass(Socket from, Socket to, boolean answer) throws IOException {
        byte[] piece = new byte[PIECE];
        try (from;
                to) {
            for (int length = from.getInputStream().read(piece);
                    length >= 0;
                    length = from.getInputStream().read(piece)) {
                if (answer) {
                    answers.write(piece, 0, length);
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / piecesPerSecond * length / PIECE);
                }
                to.getOutputStream().write(piece, 0, length);
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void start(Action action) {
        Thread thread = new Thread(() -> {
            try {
                action.run();
            } catch (IOException e) {
                // One end has gone, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
