package io.zmtpbroker.broker.command;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time in seconds, with or without decimals, such as {@code 2} or {@code 0.25}. */
final class Seconds implements ITypeConverter<Duration> {

    /** Longer times are a slip of the hand, and would overflow a count of nanoseconds. */
    private static final BigDecimal MAX_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(10_000).toSeconds());

    private static final int NANOS_DIGITS = 9;

    @Override
    public Duration convert(String text) {
        BigDecimal seconds;
        try {
            seconds = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a number of seconds");
        }
        if (seconds.signum() < 0 || seconds.compareTo(MAX_SECONDS) > 0) {
            throw new TypeConversionException("'" + text + "' is not from 0 to " + MAX_SECONDS + " seconds");
        }
        return Duration.ofNanos(seconds.movePointRight(NANOS_DIGITS).longValue());
    }
}
