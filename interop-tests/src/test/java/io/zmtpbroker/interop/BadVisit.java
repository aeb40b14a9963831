package io.zmtpbroker.interop;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a bad peer has for a moment: a broker, chance, and connections, all of which end with the visit. Confined to one thread, but
 * for {@link #abort}.
 */
final class BadVisit implements AutoCloseable {
    private final SoakTargets targets;
    private final SplittableRandom random;
    private final Queue<RawPeer> open = new ConcurrentLinkedQueue<>();

    BadVisit(SoakTargets targets, SplittableRandom random) {
        this.targets = targets;
        this.random = random;
    }

    SoakTargets targets() {
        return targets;
    }

    SplittableRandom random() {
        return random;
    }

    /** Some of the ports without authentication. */
    int anyPort() {
        return switch (random.nextInt(3)) {
            case 0 -> targets.clients();
            case 1 -> targets.workers();
            default -> targets.answers();
        };
    }

    /** One who says nothing yet. */
    RawPeer silent(int port) {
        return silent(port, 0);
    }

    /** With a receive buffer of so many octets; 0 for the system's choice. */
    RawPeer silent(int port, int receiveBuffer) {
        RawPeer peer = RawPeer.silent(port, receiveBuffer);
        open.add(peer);
        return peer;
    }

    /** One who has shaken hands, at some port, as what belongs there. */
    RawPeer welcome() {
        return switch (random.nextInt(3)) {
            case 0 -> welcome(targets.clients(), "DEALER");
            case 1 -> welcome(targets.workers(), "DEALER");
            default -> welcome(targets.answers(), "PUSH");
        };
    }

    RawPeer welcome(int port, String type) {
        RawPeer peer = silent(port);
        peer.handshake(type, "");
        return peer;
    }

    /** One of ZMTP 2.0 who has shaken hands, as a DEALER. */
    RawPeer welcomeOld(int port) {
        RawPeer peer = RawPeer.zmtp20(port, 5, "");
        open.add(peer);
        return peer;
    }

    byte[] octets(int most) {
        byte[] octets = new byte[random.nextInt(1, most + 1)];
        random.nextBytes(octets);
        return octets;
    }

    /** Ends it from another thread, whatever it waits for. */
    void abort() {
        open.forEach(RawPeer::hangUp);
    }

    /** Ends each connection with a reset or, less often, with FIN. */
    @Override
    public void close() {
        for (RawPeer peer : open) {
            try {
                if (random.nextInt(4) > 0) {
                    peer.reset();
                } else {
                    peer.hangUp();
                }
            } catch (UncheckedIOException e) {
                // The broker was faster.
            }
        }
    }
}
