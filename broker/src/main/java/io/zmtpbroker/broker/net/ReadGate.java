package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import io.zmtpbroker.zmtp.handler.ZmtpMessageHandler;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection is read. It is read unless somebody has a reason against it; not reading is the only back-pressure
 * that a ZeroMQ peer can feel. What has been read by then is not delivered either. Confined to the dispatch loop.
 */
final class ReadGate {

    /** Why a connection is not read. */
    enum Reason {
        /** The broker holds as many requests as it may, and it is not the turn of this client. */
        QUEUE_FULL,
        /** The broker holds as many requests of this client as it may. */
        OWN_QUEUE_FULL,
        /** The peer does not read what is sent to it. */
        PEER_SLOW,
        /** There is no memory for all of the long messages that are being received. */
        PARTIAL_MESSAGES
    }

    private final Channel channel;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    private boolean openForGood;
    private boolean resting;

    /** Null until messages may come. */
    private @Nullable ZmtpMessageHandler messages;

    ReadGate(Channel channel) {
        this.channel = channel;
    }

    /** The handshake is over. */
    void messagesMayCome() {
        messages = channel.pipeline().get(ZmtpMessageHandler.class);
        if (!reasons.isEmpty() && messages != null) {
            messages.pause();
        }
    }

    void close(Reason reason) {
        if (openForGood) {
            return;
        }
        reasons.add(reason);
        if (messages != null) {
            messages.pause();
        }
        channel.config().setAutoRead(false);
    }

    /** What was kept is delivered soon, and not within this call; before that nothing more is read, or it would pile up. */
    void open(Reason reason) {
        if (!reasons.remove(reason) || !reasons.isEmpty()) {
            return;
        }
        if (messages != null && messages.keepsInput()) {
            channel.eventLoop().execute(this::goOn);
        } else {
            goOn();
        }
    }

    private void goOn() {
        if (reasons.isEmpty() && messages != null) {
            messages.resume();
        }
        readIfOpen();
    }

    private void readIfOpen() {
        if (reasons.isEmpty() && !resting) {
            channel.config().setAutoRead(true);
        }
    }

    /**
     * Is not read until {@link #endRest}, for a moment and without a reason against it: what has been read by then is delivered.
     *
     * @return false if it rests already
     */
    boolean rest() {
        if (resting) {
            return false;
        }
        resting = true;
        channel.config().setAutoRead(false);
        return true;
    }

    /** Is read again, where nobody has a reason against it; where something is kept, when that is delivered. */
    void endRest() {
        resting = false;
        if (messages == null || !messages.keepsInput()) {
            readIfOpen();
        }
    }

    /** From now on all is read and delivered, whatever the reasons. */
    void openForGood() {
        openForGood = true;
        reasons.clear();
        goOn();
    }

    /** Delivers what was kept, although the gate is closed, until somebody closes it again. */
    void letKeptIn(Reason despite) {
        if (messages != null && !isClosedOtherwise(despite)) {
            messages.resume();
        }
    }

    boolean isClosed(Reason reason) {
        return reasons.contains(reason);
    }

    /** Whether there is another reason than this one. */
    boolean isClosedOtherwise(Reason reason) {
        return reasons.size() > (reasons.contains(reason) ? 1 : 0);
    }
}
