package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;

/**
 * The way to one worker. Never called after the worker has gone.
 *
 * <p>Must neither throw nor call back into the dispatcher; {@link Dispatcher} says what happens if it throws.
 *
 * @param <P> what a request carries
 */
@FunctionalInterface
public interface TaskPort<P extends ReferenceCounted> {

    /**
     * Hands the request out. The task counts as unwritten until {@link Dispatcher#onWritten}.
     *
     * @param request borrowed for the call: retain its payload to keep that, keep its id to name it
     */
    void assign(Request<P> request);
}
