package io.zmtpbroker.broker.dialect;

/** What a reply to a client looks like in front of its body. */
enum ReplyForm {
    /** What stood in front of the request's body, unchanged; one reply a request. */
    AS_ASKED,
    /** The same with the command of 18/MDP in its place: PARTIAL as often as need be, then FINAL. */
    MAJORDOMO_0_2
}
