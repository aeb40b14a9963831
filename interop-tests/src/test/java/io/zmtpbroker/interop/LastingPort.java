package io.zmtpbroker.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for those who come back to where they were. Of "any port" the system makes one that it also gives to connections: while
 * nobody listens there, a peer that tries to reconnect may be given it for its own end, and then nobody can listen there.
 */
final class LastingPort {
    /** Below the ports that Linux gives to connections, by default from 32768 on. */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;
    private static final int TRIES = 1000;

    /** No port is given twice: who asked for it may listen there only later. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private LastingPort() {}

    /** A port of this machine that nobody listens on. */
    static int free() {
        return ThreadLocalRandom.current()
                .ints(TRIES, FIRST, LAST)
                .filter(port -> GIVEN.add(port) && isFree(port))
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
