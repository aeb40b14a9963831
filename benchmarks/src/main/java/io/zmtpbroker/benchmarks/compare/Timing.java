package io.zmtpbroker.benchmarks.compare;

/**
 * How often and how long a broker runs at a point.
 *
 * @param rounds in each of which every broker runs once
 * @param warmUpSeconds under load, before it counts
 * @param measuredSeconds in which it counts
 * @param loadThreads event loops of the load
 * @param requestsPerSecond over all, where connections are nearly idle
 */
record Timing(int rounds, double warmUpSeconds, double measuredSeconds, int loadThreads, int requestsPerSecond) {

    private static final double LONGEST_REHEARSAL_SECONDS = 1;

    /** For a run that does not count. */
    Timing brief() {
        return new Timing(
                1,
                Math.min(LONGEST_REHEARSAL_SECONDS, warmUpSeconds),
                Math.min(LONGEST_REHEARSAL_SECONDS, measuredSeconds),
                loadThreads,
                requestsPerSecond);
    }

    /** About what so many runs take, the starts and ends of their brokers included. */
    double seconds(int runs) {
        return runs * (warmUpSeconds + measuredSeconds + 2);
    }
}
