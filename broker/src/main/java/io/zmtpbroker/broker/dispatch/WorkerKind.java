package io.zmtpbroker.broker.dispatch;

/** Where the answers of a worker come from, and so what the loss of its connection means for the tasks it was sent. */
public enum WorkerKind {
    /** Another connection, which may outlive this one: an answer may still follow within the grace. */
    ANSWERS_ELSEWHERE,
    /** This connection: with it, every answer is lost that has not come. */
    ANSWERS_HERE
}
