package io.zmtpbroker.broker.socket;

import java.util.Locale;

/** Why a well-formed ZMTP message was dropped. */
public enum DropReason {
    /** A request or a fetch without the empty frame that ends its envelope. */
    NO_DELIMITER(true),
    /** A request or a fetch that ends with the delimiter. */
    NO_BODY(true),
    /** A fetch, or a worker's reply, in an envelope longer than the broker keeps, by itself or with those of the same connection. */
    ENVELOPE_TOO_LONG(true),
    /** An answer whose first frame is not an id of 16 octets. */
    BAD_ANSWER_ID(true),
    /** An answer with nothing behind its id. */
    NO_ANSWER(true),
    /** More fetches open on one connection than the broker keeps. */
    TOO_MANY_FETCHES(true),
    /** A worker's reply without id, delimiter and body. */
    BAD_REPLY(true),
    /** A worker's reply to a request that it does not hold, or that its user was never given. */
    NOT_ITS_TASK(true),
    /** A message of a worker that has not said READY. */
    NOT_READY(true),
    /** A READY without a service, for a service of the broker's own, or for the second time. */
    BAD_READY(true),
    /** A message of Majordomo with no command that is known. */
    BAD_COMMAND(true),
    /** The parts of a reply are longer, together, than a message may be. */
    REPLY_TOO_LONG(true),
    /** A request that a client left which has gone, while more is queued than may be. */
    QUEUE_FULL(false),
    /** An answer to no request that is open: it came twice, too late, or is made up. */
    UNKNOWN_REQUEST(false);

    private final boolean fault;

    DropReason(boolean fault) {
        this.fault = fault;
    }

    /** Whether a correct peer never sends this, so that one that keeps doing so is closed. */
    public boolean isFault() {
        return fault;
    }

    /** The name in counters and logs, such as {@code no-delimiter}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
