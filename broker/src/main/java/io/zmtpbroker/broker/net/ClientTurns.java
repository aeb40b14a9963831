package io.zmtpbroker.broker.net;

import io.zmtpbroker.broker.dispatch.Intake;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Who is let in while the queue is full, or was a moment ago: clients in turn, with one whole message each. A client that has
 * delivered one goes behind all others; the rest of what was read of it stays where it is. As long as there is room for
 * everybody this does nothing. Confined to the dispatch loop.
 */
final class ClientTurns implements Intake {

    /** After so many messages others than clients have their turn. */
    private static final int MESSAGES_A_TURN = 256;

    /** In the order of their turns. */
    private final Set<Taker> waiting = new LinkedHashSet<>();

    /** Those that are read and have delivered nothing since: they are the first ones when the queue becomes full meanwhile. */
    private final Set<Taker> called = new LinkedHashSet<>();

    private final Iterable<? extends Taker> everybody;
    private final BooleanSupplier hasRelaxed;
    private boolean full;
    private boolean pressed;

    /** A connection that may be a client's. */
    interface Taker {
        /** Whether it is one. */
        boolean isClient();

        /** Delivers nothing more and is not read. */
        void stop();

        /** Delivers one message of those that were read, which comes to {@link #delivered}, if there is a whole one. */
        void takeOne();

        /** Is read again. */
        void goOn();

        /** Is closed: what it was to do has failed. */
        void fail(Throwable cause);
    }

    /**
     * There is room.
     *
     * @param everybody all connections, at any time
     * @param hasRelaxed says whether the queue is so short that nobody needs to wait for a turn
     */
    ClientTurns(Iterable<? extends Taker> everybody, BooleanSupplier hasRelaxed) {
        this.everybody = everybody;
        this.hasRelaxed = hasRelaxed;
    }

    /** Everybody is stopped at once: what others would deliver in the same turn of the loop would be too much already. */
    @Override
    public void pause() {
        full = true;
        pressed = true;
        putCalledFirst();
        everybody.forEach(this::stop);
    }

    @Override
    public void resume() {
        full = false;
    }

    boolean isFull() {
        return full;
    }

    /** Whether {@link #delivered} wants to be told of messages. */
    boolean isPressed() {
        return pressed;
    }

    boolean isAnybodyWaiting() {
        return !waiting.isEmpty();
    }

    /** A client is new, or has become one. */
    void arrived(Taker taker) {
        if (full) {
            stop(taker);
        }
    }

    /** A client has delivered a message; the next one has to wait for its turn, behind all others. */
    void delivered(Taker taker) {
        called.remove(taker);
        if (waiting.remove(taker)) {
            waiting.add(taker);
        } else {
            stop(taker);
        }
    }

    void remove(Taker taker) {
        waiting.remove(taker);
        called.remove(taker);
    }

    private void stop(Taker taker) {
        if (taker.isClient() && waiting.add(taker)) {
            taker.stop();
        }
    }

    /**
     * To be called at the end of a turn of the loop.
     *
     * @return whether {@link #serve} is to be called in the next turn
     */
    boolean endTurn() {
        if (full) {
            return false;
        }
        if (waiting.isEmpty() && pressed && hasRelaxed.getAsBoolean()) {
            pressed = false;
            called.clear();
        }
        return !waiting.isEmpty();
    }

    private void putCalledFirst() {
        List<Taker> later = List.copyOf(waiting);
        waiting.clear();
        List.copyOf(called).forEach(this::stop);
        called.clear();
        waiting.addAll(later);
    }

    /**
     * Lets those in that wait, one message each, until the queue is full or it is time for others. Nobody has a second turn before
     * those were read who had nothing with us.
     */
    void serve() {
        int round = waiting.size();
        boolean someAreCalled = false;
        for (int i = 0; i < MESSAGES_A_TURN && !full && !waiting.isEmpty(); i++) {
            if (someAreCalled && i >= round) {
                return;
            }
            Iterator<Taker> first = waiting.iterator();
            Taker taker = first.next();
            first.remove();
            try {
                someAreCalled |= !takesOne(taker);
            } catch (Throwable e) { // what one of them meets must not end the round for the others
                remove(taker);
                taker.fail(e);
            }
        }
    }

    /** Returns false if it had none, and so is read again. */
    private boolean takesOne(Taker taker) {
        taker.takeOne();
        if (waiting.contains(taker)) {
            return true;
        }
        if (pressed) {
            called.add(taker);
        }
        taker.goOn();
        return false;
    }
}
