package io.zmtpbroker.interop;

/** What a crowd of workers did with the tasks it was given. */
record WorkerTally(int answered, int dropped) {
    static final WorkerTally NONE = new WorkerTally(0, 0);

    WorkerTally plus(WorkerTally other) {
        return new WorkerTally(answered + other.answered, dropped + other.dropped);
    }
}
