package io.zmtpbroker.broker;

import java.time.Duration;

/** Settings that make sense by themselves; {@link IllegalArgumentException} for those that do not. */
final class Checked {

    /** Longer times are a slip of the hand, and nearly more nanoseconds than there are numbers. */
    private static final Duration LONGEST = Duration.ofDays(10_000);

    private Checked() {}

    static long positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be greater than 0, not " + value);
        }
        return value;
    }

    static Duration notNegative(String name, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be from 0 to " + LONGEST.toDays() + " days");
        }
        return value;
    }

    static Duration positive(String name, Duration value) {
        if (value.isZero()) {
            throw new IllegalArgumentException(name + " must be greater than 0");
        }
        return notNegative(name, value);
    }
}
