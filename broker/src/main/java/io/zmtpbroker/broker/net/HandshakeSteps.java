package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * The costly steps of handshakes, as many as a turn of the loop can bear: a step of CURVE costs a few tenths of a millisecond, and a
 * thousand of them in one turn would be felt by all. The others wait; addresses take turns, and so do the connections of one.
 * Confined to the dispatch loop.
 */
final class HandshakeSteps {

    /** Some two milliseconds with the slower library. */
    static final int PER_TURN = 4;

    /** A step that waits. */
    private record Waiting(Channel channel, Runnable step) {}

    /** None of the queues is empty. */
    private final Map<Object, Queue<Waiting>> waiting = new LinkedHashMap<>();

    private int left = PER_TURN;

    /** Whether a step is done now; otherwise it is run by {@link #run} later. */
    boolean mayStepNow(Channel channel, Runnable step) {
        if (left > 0 && waiting.isEmpty()) {
            left--;
            return true;
        }
        waiting.computeIfAbsent(addressOf(channel), address -> new ArrayDeque<>())
                .add(new Waiting(channel, step));
        return false;
    }

    /** A turn has ended. Returns whether {@link #run} is to be called in another one, soon. */
    boolean endTurn() {
        left = PER_TURN;
        return !waiting.isEmpty();
    }

    /** Does what this turn still can bear. */
    void run() {
        while (left > 0 && !waiting.isEmpty()) {
            Waiting next = takeNext();
            if (next.channel.isActive()) {
                left--;
                next.step.run();
            }
        }
    }

    private Waiting takeNext() {
        Iterator<Map.Entry<Object, Queue<Waiting>>> all = waiting.entrySet().iterator();
        Map.Entry<Object, Queue<Waiting>> first = all.next();
        Queue<Waiting> queue = first.getValue();
        Object address = first.getKey();
        all.remove();
        Waiting next = queue.remove();
        if (!queue.isEmpty()) {
            waiting.put(address, queue); // behind the others
        }
        return next;
    }

    /** All Unix sockets are one. */
    private static Object addressOf(Channel channel) {
        InetAddress address = channel.remoteAddress() instanceof InetSocketAddress peer ? peer.getAddress() : null;
        return address == null ? "" : address;
    }
}
