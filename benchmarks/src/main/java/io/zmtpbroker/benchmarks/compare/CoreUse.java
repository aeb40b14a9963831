package io.zmtpbroker.benchmarks.compare;

/**
 * CPU seconds in each second between two moments; NaN where that is not known.
 *
 * @param broker of the broker's process
 * @param load of this process
 * @param loadLoop of that event loop of the load that had most to do
 * @param other of everything else on the machine
 * @param stolen what a virtual machine was not given
 */
record CoreUse(double broker, double load, double loadLoop, double other, double stolen) {

    /**
     * Of what was used between two moments.
     *
     * @param loadLoopNanos CPU time of the busiest event loop of the load
     */
    static CoreUse between(Usage before, Usage after, double loadLoopNanos) {
        double nanos = (double) (after.atNanos() - before.atNanos());
        return new CoreUse(
                broker(before, after),
                (after.loadNanos() - before.loadNanos()) / nanos,
                loadLoopNanos / nanos,
                Math.max(0, (others(after) - others(before)) / nanos),
                (after.stolenNanos() - before.stolenNanos()) / nanos);
    }

    /** Of the broker's process alone. */
    static double broker(Usage before, Usage after) {
        return (after.brokerNanos() - before.brokerNanos()) / (after.atNanos() - before.atNanos());
    }

    private static double others(Usage usage) {
        return usage.machineNanos() - usage.brokerNanos() - usage.loadNanos();
    }
}
