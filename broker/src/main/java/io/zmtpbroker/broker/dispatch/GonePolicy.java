package io.zmtpbroker.broker.dispatch;

/** What happens to the open requests of a client that goes. */
public enum GonePolicy {
    /** They go on and are tried again where needed, since the work may matter; answers are discarded. */
    RUN,
    /** They end at once, wherever they are. */
    DROP
}
