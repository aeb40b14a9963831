package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;

/**
 * The way back to a client that takes an answer in several parts: any number of parts, then {@link #answer} with the last one,
 * or {@link #fail}. All of them come from one worker and one attempt.
 *
 * @param <P> what a request carries
 */
public interface StreamPort<P extends ReferenceCounted> extends ReplyPort<P> {

    /**
     * Delivers a part of the answer, with more to follow.
     *
     * @param request borrowed for the call
     * @param content the part, borrowed for the call: retain it to keep it
     */
    void partial(Request<P> request, P content);
}
