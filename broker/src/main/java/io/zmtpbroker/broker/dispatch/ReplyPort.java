package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;

/**
 * The way back to one client. Called at most once for a request, never after the client has gone.
 *
 * <p>Must neither throw nor call back into the dispatcher; {@link Dispatcher} says what happens if it throws.
 *
 * @param <P> what a request carries
 */
public interface ReplyPort<P extends ReferenceCounted> {

    /**
     * Delivers the answer.
     *
     * @param request borrowed for the call; its payload is alive until the call returns
     * @param content the answer, borrowed for the call: retain it to keep it
     */
    void answer(Request<P> request, P content);

    /**
     * Delivers the failure answer.
     *
     * @param request borrowed for the call; its payload is alive until the call returns
     */
    void fail(Request<P> request);

    /**
     * The client has gone and its last request has ended: nothing refers to it any more. Called again if it is heard of once
     * more nevertheless.
     */
    default void forgotten() {}
}
