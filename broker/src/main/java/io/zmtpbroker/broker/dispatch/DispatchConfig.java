package io.zmtpbroker.broker.dispatch;

/**
 * The rules of one dispatcher.
 *
 * @param maxAttempts how often a request is tried before it fails; 0 = without limit
 * @param attemptTimeoutNanos how long one attempt may take; 0 = without limit
 * @param workerGraceNanos how long an answer may follow after its worker's connection was lost; 0 = not at all
 * @param serviceWaitNanos how long a request may wait for a service that nobody offers; 0 = without limit
 * @param maxQueuedOctets how much all open requests may hold before those who ask are read no more
 */
public record DispatchConfig(
        int maxAttempts, long attemptTimeoutNanos, long workerGraceNanos, long serviceWaitNanos, long maxQueuedOctets) {

    /** The longest time that can be configured, some 73 years: times are compared by subtraction. */
    public static final long MAX_NANOS = Long.MAX_VALUE / 4;

    public DispatchConfig {
        if (maxAttempts < 0) {
            throw new IllegalArgumentException("maxAttempts must not be negative: " + maxAttempts);
        }
        checkNanos("attemptTimeoutNanos", attemptTimeoutNanos);
        checkNanos("workerGraceNanos", workerGraceNanos);
        checkNanos("serviceWaitNanos", serviceWaitNanos);
        if (maxQueuedOctets < 1) {
            throw new IllegalArgumentException("maxQueuedOctets must be positive: " + maxQueuedOctets);
        }
    }

    /** Rules under which a request may wait without limit for a service. */
    public DispatchConfig(int maxAttempts, long attemptTimeoutNanos, long workerGraceNanos, long maxQueuedOctets) {
        this(maxAttempts, attemptTimeoutNanos, workerGraceNanos, 0, maxQueuedOctets);
    }

    private static void checkNanos(String name, long nanos) {
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw new IllegalArgumentException(name + " must be between 0 and " + MAX_NANOS + ": " + nanos);
        }
    }
}
