package io.zmtpbroker.benchmarks.compare;

/**
 * CPU seconds in each second between two moments.
 *
 * @param broker of the broker's process
 * @param load of this process
 * @param loadLoop of that event loop of the load that had most to do
 * @param other of everything else on the machine; NaN where it is not known
 * @param stolen what a virtual machine was not given; 0 where that is not known
 */
record CoreUse(double broker, double load, double loadLoop, double other, double stolen) {

    /**
     * Of what was used between two moments.
     *
     * @param loadLoopNanos CPU time of the busiest event loop of the load
     */
    static CoreUse between(Usage before, Usage after, long loadLoopNanos) {
        long nanos = after.atNanos() - before.atNanos();
        boolean othersAreKnown = before.machineNanos() > 0 && after.machineNanos() > 0;
        return new CoreUse(
                broker(before, after),
                (double) (after.loadNanos() - before.loadNanos()) / nanos,
                (double) loadLoopNanos / nanos,
                othersAreKnown ? Math.max(0, (double) (others(after) - others(before)) / nanos) : Double.NaN,
                (double) (after.stolenNanos() - before.stolenNanos()) / nanos);
    }

    /** Of the broker's process alone. */
    static double broker(Usage before, Usage after) {
        return (double) (after.brokerNanos() - before.brokerNanos()) / (after.atNanos() - before.atNanos());
    }

    private static long others(Usage usage) {
        return usage.machineNanos() - usage.brokerNanos() - usage.loadNanos();
    }
}
