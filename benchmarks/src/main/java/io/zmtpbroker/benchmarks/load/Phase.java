package io.zmtpbroker.benchmarks.load;

/** Where a load stands. */
enum Phase {
    /** Requests flow, and none of them counts. */
    WARM_UP,
    /** Each reply counts. */
    MEASURED,
    /** No request is made any more; replies to the last ones may still come. */
    DRAINING
}
