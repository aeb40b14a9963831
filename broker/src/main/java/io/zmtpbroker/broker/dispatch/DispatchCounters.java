package io.zmtpbroker.broker.dispatch;

/**
 * What has happened since the start. Each accepted request is counted once more at its end: as {@link #answered}, {@link
 * #failed}, {@link #discardedClientGone} or {@link #droppedClientGone}.
 */
public final class DispatchCounters {

    long accepted;
    long answered;
    long lateAnswers;
    long unknownAnswers;
    long discardedClientGone;
    long droppedClientGone;
    long attempts;
    long retriedTimeout;
    long retriedWorkerGone;
    long returnedUnwritten;
    private long failedAttemptsUsed;
    private long failedStopped;

    DispatchCounters() {}

    /** Requests taken over. */
    public long accepted() {
        return accepted;
    }

    /** Requests that ended with an answer delivered to the client, late ones included. */
    public long answered() {
        return answered;
    }

    /** Those of {@link #answered} that were answered while they waited for another attempt. */
    public long lateAnswers() {
        return lateAnswers;
    }

    /** Answers to no open request. */
    public long unknownAnswers() {
        return unknownAnswers;
    }

    /** Requests that ended with an answer nobody could be given, since the client had gone. */
    public long discardedClientGone() {
        return discardedClientGone;
    }

    /** Requests that ended because their client went. */
    public long droppedClientGone() {
        return droppedClientGone;
    }

    /** Hand-outs, those included that were returned unwritten. */
    public long attempts() {
        return attempts;
    }

    /** Failed attempts with another to follow: the deadline passed. */
    public long retriedTimeout() {
        return retriedTimeout;
    }

    /** Failed attempts with another to follow: the worker went and no answer came within the grace. */
    public long retriedWorkerGone() {
        return retriedWorkerGone;
    }

    /** Hand-outs taken back because the worker went before they were written. */
    public long returnedUnwritten() {
        return returnedUnwritten;
    }

    /** Requests that ended with a failure for this reason, whether or not the client was there to be told. */
    public long failed(FailureReason reason) {
        return switch (reason) {
            case ATTEMPTS_USED -> failedAttemptsUsed;
            case STOPPED -> failedStopped;
        };
    }

    void countFailure(FailureReason reason) {
        switch (reason) {
            case ATTEMPTS_USED -> failedAttemptsUsed++;
            case STOPPED -> failedStopped++;
        }
    }
}
