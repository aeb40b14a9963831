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
    long foreignAnswers;
    long deliveredPartials;
    long gatheredPartials;
    long discardedPartials;
    long unknownPartials;
    long discardedClientGone;
    long droppedClientGone;
    long attempts;
    long retriedTimeout;
    long retriedWorkerGone;
    long returnedUnwritten;
    long returnedUnreceived;
    private long failedAttemptsUsed;
    private long failedStreamBroken;
    private long failedNoWorker;
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

    /** Answers to no open request, or to one that another worker has begun to answer in parts. */
    public long unknownAnswers() {
        return unknownAnswers;
    }

    /** Answers, and parts of them, to open requests that were never handed to whoever sent them. */
    public long foreignAnswers() {
        return foreignAnswers;
    }

    /** Parts of answers that were passed on to the client. */
    public long deliveredPartials() {
        return deliveredPartials;
    }

    /** Parts of answers that were left to be delivered with the final answer. */
    public long gatheredPartials() {
        return gatheredPartials;
    }

    /** Parts of answers that nobody could be given, since the client had gone. */
    public long discardedPartials() {
        return discardedPartials;
    }

    /** Parts of answers to no open request, or to one that another worker has begun to answer. */
    public long unknownPartials() {
        return unknownPartials;
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

    /** Failed attempts with another to follow: the worker went, and no answer came within the grace if there was one. */
    public long retriedWorkerGone() {
        return retriedWorkerGone;
    }

    /** Hand-outs taken back because the worker went before they were written. */
    public long returnedUnwritten() {
        return returnedUnwritten;
    }

    /** Hand-outs taken back because it turned out, or was to be assumed, that the worker never received them. */
    public long returnedUnreceived() {
        return returnedUnreceived;
    }

    /** Requests that ended with a failure for this reason, whether or not the client was there to be told. */
    public long failed(FailureReason reason) {
        return switch (reason) {
            case ATTEMPTS_USED -> failedAttemptsUsed;
            case STREAM_BROKEN -> failedStreamBroken;
            case NO_WORKER -> failedNoWorker;
            case STOPPED -> failedStopped;
        };
    }

    void countFailure(FailureReason reason) {
        switch (reason) {
            case ATTEMPTS_USED -> failedAttemptsUsed++;
            case STREAM_BROKEN -> failedStreamBroken++;
            case NO_WORKER -> failedNoWorker++;
            case STOPPED -> failedStopped++;
        }
    }
}
