package io.zmtpbroker.benchmarks.compare;

/**
 * How long a run takes.
 *
 * @param warmUpSeconds under load, before it counts
 * @param measuredSeconds in which it counts
 * @param loadThreads event loops of the load
 * @param requestsPerSecond over all, where connections are nearly idle
 */
record Timing(double warmUpSeconds, double measuredSeconds, int loadThreads, int requestsPerSecond) {}
