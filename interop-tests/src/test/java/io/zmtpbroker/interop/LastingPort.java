package io.zmtpbroker.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports for those who come back to where they were. Of "any port" the system makes one that it also gives to connections: while
 * nobody listens there, a peer that tries to reconnect may be given it for its own end, and then nobody can listen there.
 *
 * <p>Who asked for a port may listen there only later, or again later. So nobody else is given it in the meantime: the JVMs that
 * test side by side have a range each, and within that all others come first.
 */
final class LastingPort {
    /** Below the ports that Linux gives to connections, by default from 32768 on. */
    private static final int FIRST = 12_000;

    private static final int LAST = 32_000;
    private static final int JVMS = 8;
    private static final int RANGE = (LAST - FIRST) / JVMS;

    /** Surefire counts the JVMs of a run from one on. */
    private static final int RANGE_BEGIN = FIRST + RANGE * Math.floorMod(Integer.getInteger("zmtp.fork", 1) - 1, JVMS);

    private static final AtomicInteger NEXT = new AtomicInteger();

    private LastingPort() {}

    /** A port of this machine that nobody listens on. */
    static int free() {
        return IntStream.generate(() -> RANGE_BEGIN + Math.floorMod(NEXT.getAndIncrement(), RANGE))
                .limit(RANGE)
                .filter(LastingPort::isFree)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no port is free"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket listener = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return listener.isBound();
        } catch (IOException e) {
            return false; // somebody listens there
        }
    }

    /** An endpoint on such a port. */
    static String endpoint() {
        return "tcp://127.0.0.1:" + free();
    }
}
