package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.Optional;

/** A real ZeroMQ socket in the hands of a test. Used by one thread at a time. */
interface PeerSocket extends AutoCloseable {
    /** False when the library would not take the message for all that time: it feels back-pressure. */
    boolean send(Message message, Duration limit);

    /** Empty when nothing came in that time. */
    Optional<Message> receive(Duration limit);

    default void send(Message message) {
        if (!send(message, Limits.SOON)) {
            throw new AssertionError("could not send " + message);
        }
    }

    default Message receive() {
        return receive(Limits.SOON).orElseThrow(() -> new AssertionError("nothing came within " + Limits.SOON));
    }

    /** Closes at once; what was sent still leaves in the background. */
    @Override
    void close();
}
