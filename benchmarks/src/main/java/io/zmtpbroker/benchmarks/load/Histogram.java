package io.zmtpbroker.benchmarks.load;

/** Counts nanoseconds in buckets that are 1.6 % wide or less. */
final class Histogram {

    private static final int SUB_BITS = 6;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    private static final int OCTAVES = 40;

    private final long[] counts = new long[OCTAVES * SUB_BUCKETS];
    private long count;
    private long max;

    void add(long nanos) {
        counts[bucket(nanos)]++;
        count++;
        max = Math.max(max, nanos);
    }

    /** The highest value, in nanoseconds; 0 when there is none. */
    long max() {
        return max;
    }

    /** The value below which this part of all values lies, in nanoseconds; 0 when there is none. */
    long quantile(double part) {
        long wanted = (long) (part * count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen > wanted) {
                return lowest(i);
            }
        }
        return max;
    }

    /** An octave for each power of two, and in it a bucket for each value of the bits behind the highest. */
    private static int bucket(long nanos) {
        if (nanos < SUB_BUCKETS) {
            return (int) Math.max(0, nanos);
        }
        int octave = Long.SIZE - SUB_BITS - Long.numberOfLeadingZeros(nanos);
        int within = (int) (nanos >>> (octave - 1)) & (SUB_BUCKETS - 1);
        return Math.min(octave * SUB_BUCKETS + within, OCTAVES * SUB_BUCKETS - 1);
    }

    private static long lowest(int bucket) {
        int octave = bucket / SUB_BUCKETS;
        int within = bucket % SUB_BUCKETS;
        return octave == 0 ? within : (long) (SUB_BUCKETS + within) << (octave - 1);
    }
}
