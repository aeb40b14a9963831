package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.Optional;

/** A worker of some dialect, step by step. Used by one thread at a time. */
interface Worker extends AutoCloseable {
    /** Tells the broker that it can take one task. */
    void ready();

    /** The task that it was given; empty when none came in that time. */
    Optional<Task> task(Duration limit);

    void answer(Task task, Message answer);

    default Task task() {
        return task(Limits.SOON).orElseThrow(() -> new AssertionError("no task within " + Limits.SOON));
    }

    /** Says that it is ready, and waits for its task. */
    default Task fetch() {
        ready();
        return task();
    }

    /** Closes at once; the last answer still leaves in the background. */
    @Override
    void close();

    /**
     * A task in a worker's hands.
     *
     * @param key what an answer must carry: the id, or the client's key
     * @param body the request without envelope
     */
    record Task(Message key, Message body) {}
}
