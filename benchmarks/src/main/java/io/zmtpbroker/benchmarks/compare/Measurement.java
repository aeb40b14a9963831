package io.zmtpbroker.benchmarks.compare;

import io.zmtpbroker.benchmarks.load.LoadResult;

/**
 * One broker, one point, once.
 *
 * @param load what the clients saw
 * @param cpuMicrosPerRequest CPU time of the broker for each reply
 * @param brokerCores CPU time of the broker in each second
 * @param loadCores the same of the load
 * @param loadLoopCores the same of that event loop of the load that had most to do
 * @param stolenCores CPU time in each second that a virtual machine was not given; 0 where that is not known
 * @param otherCores the same of everything else on the machine; NaN where it is not known
 * @param idleCores CPU time of the broker in each second without any request; NaN where that was not measured
 * @param kibPerConnection what the broker's memory grew by for each client, in KiB; NaN where that was not measured
 * @param memory of the broker at the end of the measured time
 */
record Measurement(
        LoadResult load,
        double cpuMicrosPerRequest,
        double brokerCores,
        double loadCores,
        double loadLoopCores,
        double stolenCores,
        double otherCores,
        double idleCores,
        double kibPerConnection,
        Memory memory) {

    /**
     * Of what was used between two moments.
     *
     * @param loadLoopNanos CPU time of the busiest event loop of the load
     */
    static Measurement of(LoadResult load, Usage before, Usage after, long loadLoopNanos, Memory memory) {
        return new Measurement(
                load,
                (after.brokerNanos() - before.brokerNanos()) / 1e3 / Math.max(1, load.replies()),
                cores(before, after, after.brokerNanos() - before.brokerNanos()),
                cores(before, after, after.loadNanos() - before.loadNanos()),
                cores(before, after, loadLoopNanos),
                cores(before, after, after.stolenNanos() - before.stolenNanos()),
                otherCores(before, after),
                Double.NaN,
                Double.NaN,
                memory);
    }

    Measurement withIdle(double cores, double kib) {
        return new Measurement(
                load,
                cpuMicrosPerRequest,
                brokerCores,
                loadCores,
                loadLoopCores,
                stolenCores,
                otherCores,
                cores,
                kib,
                memory);
    }

    static double cores(Usage before, Usage after, long cpuNanos) {
        return (double) cpuNanos / (after.atNanos() - before.atNanos());
    }

    private static double otherCores(Usage before, Usage after) {
        boolean known = before.machineNanos() > 0 && after.machineNanos() > 0;
        return known ? Math.max(0, cores(before, after, others(after) - others(before))) : Double.NaN;
    }

    private static long others(Usage usage) {
        return usage.machineNanos() - usage.brokerNanos() - usage.loadNanos();
    }
}
