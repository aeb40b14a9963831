package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** A worker as the ZeroMQ guide writes it, on sockets of JeroMQ. Confined to one thread. */
interface GuideWorker extends AutoCloseable {
    /** How long a worker waits for a task before it looks whether it should go home. */
    Duration LOOK_UP = Duration.ofMillis(50);

    /**
     * Waits a moment for a message and does what its protocol asks for.
     *
     * @param work makes the answer to a task
     * @return whether a task was answered
     */
    boolean step(UnaryOperator<Message> work);

    /** Says goodbye, if its protocol has a word for it, and closes; what was sent still leaves. */
    @Override
    void close();
}
