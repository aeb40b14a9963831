package io.zmtpbroker.benchmarks.compare;

import io.zmtpbroker.benchmarks.load.LoadResult;

/**
 * One broker, one point, once.
 *
 * @param load what the clients saw
 * @param cpuMicrosPerRequest CPU time of the broker for each reply; NaN where that is not known
 * @param cores who used the processors
 * @param idleCores CPU time of the broker in each second without any request; NaN where that was not measured
 * @param kibPerConnection what the broker's memory grew by for each client, in KiB; NaN where that was not measured
 * @param memory of the broker at the end of the measured time
 */
record Measurement(
        LoadResult load,
        double cpuMicrosPerRequest,
        CoreUse cores,
        double idleCores,
        double kibPerConnection,
        Memory memory) {

    /** Of a load whose requests cost the broker so many nanoseconds of CPU time in all. */
    static Measurement of(LoadResult load, double brokerNanos, CoreUse cores, Memory memory) {
        double micros = brokerNanos / 1e3 / Math.max(1, load.replies());
        return new Measurement(load, micros, cores, Double.NaN, Double.NaN, memory);
    }

    Measurement withIdle(double brokerCores, double kib) {
        return new Measurement(load, cpuMicrosPerRequest, cores, brokerCores, kib, memory);
    }
}
