package io.zmtpbroker.zmtp.handler;

import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpViolation;
import java.util.concurrent.TimeUnit;

/** Counts the commands of one connection that mean nothing: so many may come in a second, counted from the first one. */
final class CommandRate {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int maxPerSecond;
    private long total;
    private int inSecond;
    private long secondBeganNanos;

    CommandRate(int maxPerSecond) {
        this.maxPerSecond = maxPerSecond;
    }

    /** All that came. */
    long total() {
        return total;
    }

    /** One more has come; throws if it is one too many. */
    void add(long nowNanos) {
        if (total == 0 || nowNanos - secondBeganNanos >= SECOND_NANOS) {
            secondBeganNanos = nowNanos;
            inSecond = 0;
        }
        total++;
        inSecond++;
        if (inSecond > maxPerSecond) {
            throw new ZmtpProtocolException(
                    ZmtpViolation.TOO_MANY_COMMANDS, "more than " + maxPerSecond + " unknown commands in a second");
        }
    }
}
