package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What Paranoid Pirate and Majordomo have in common: a broker that is silent for three intervals is given up, and sought again
 * on a new socket after a while.
 */
abstract class HeartbeatingGuideWorker implements GuideWorker {
    private static final int LIVENESS = 3;

    private final Duration interval;
    private final Message heartbeat;
    private PeerSocket socket;
    private long heardNanos;
    private long beatNanos;
    private long backNanos;
    private boolean away;

    HeartbeatingGuideWorker(Duration interval, Message heartbeat, PeerSocket first) {
        this.interval = interval;
        this.heartbeat = heartbeat;
        socket = first;
        heardNanos = System.nanoTime();
        beatNanos = heardNanos;
    }

    /** A new socket, on which READY was said. */
    abstract PeerSocket open();

    /** How long to wait before the next attempt. */
    abstract Duration backOff();

    /** The broker has sent something. */
    abstract boolean heard(Message message, UnaryOperator<Message> work);

    final void send(Message message) {
        socket.send(message);
    }

    final void comeAgain() {
        socket.close();
        socket = open();
        away = false;
        heardNanos = System.nanoTime();
        beatNanos = heardNanos;
    }

    @Override
    public final boolean step(UnaryOperator<Message> work) {
        // A worker that backs off hears nothing: its socket is to be closed.
        Optional<Message> message = socket.receive(LOOK_UP);
        long now = System.nanoTime();
        if (away) {
            if (now - backNanos >= 0) {
                comeAgain();
            }
            return false;
        }
        boolean answered = false;
        if (message.isPresent()) {
            answered = heard(message.get(), work);
            now = System.nanoTime();
            heardNanos = now;
        } else if (now - heardNanos >= LIVENESS * interval.toNanos()) {
            away = true;
            backNanos = now + backOff().toNanos();
            return false;
        }
        if (now - beatNanos >= interval.toNanos()) {
            beatNanos = now;
            socket.send(heartbeat);
        }
        return answered;
    }

    @Override
    public void close() {
        socket.close();
    }
}
