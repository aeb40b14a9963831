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
record Timing(int rounds, double warmUpSeconds, double measuredSeconds, int loadThreads, int requestsPerSecond) {}
