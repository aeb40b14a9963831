package io.zmtpbroker.zmtp.security;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.ArrayDeque;
import java.util.Queue;

/** Writes down what a handshake sends; keeps the steps it wants to be resumed with. */
final class RecordingShell implements ZmtpHandshake.Shell {
    final Queue<Runnable> steps = new ArrayDeque<>();
    private final StringBuilder sent = new StringBuilder();

    @Override
    public ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public String peerAddress() {
        return "127.0.0.1";
    }

    @Override
    public void send(ByteBuf octets) {
        sent.append(Hex.of(octets));
        octets.release();
    }

    @Override
    public void resumeWith(Runnable step) {
        steps.add(step);
    }

    /** What was sent since the last call. */
    String sent() {
        String hex = sent.toString();
        sent.setLength(0);
        return hex;
    }
}
