package io.zmtpbroker.benchmarks.load;

/**
 * What came of a load.
 *
 * @param replies right replies in the measured time
 * @param seconds the measured time
 * @param p50Micros half of the replies took at most so long
 * @param p99Micros as {@code p50Micros}, of 99 %
 * @param p999Micros as {@code p50Micros}, of 99.9 %
 * @param maxMicros the longest
 * @param refused failure answers, at any time
 * @param wrong replies that were not those to a request, at any time
 * @param lost requests without a reply five seconds after the end
 * @param skipped requests that were planned and not made, since the client still waited for a reply; at any time
 */
public record LoadResult(
        long replies,
        double seconds,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double maxMicros,
        long refused,
        long wrong,
        long lost,
        long skipped) {

    /** Whether each request got its reply, and no other. */
    public boolean isSound() {
        return refused == 0 && wrong == 0 && lost == 0 && replies > 0;
    }
}
