package io.zmtpbroker.broker;

import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a broker is told about heartbeats.
 *
 * @param interval between PINGs; zero for none
 * @param timeout null for the usual one
 */
record BrokerHeartbeat(Duration interval, @Nullable Duration timeout) {

    static final BrokerHeartbeat DEFAULT = new BrokerHeartbeat(Duration.ofSeconds(10), null);

    /**
     * Where nothing else is said. Who is taken for dead by mistake pays for it: its task is done twice, and a REQ that waited in
     * its fetch waits for ever. So a peer may miss PINGs, and the network be away for a while.
     */
    private static final int INTERVALS_OF_TIMEOUT = 3;

    private static final Duration SHORTEST = Duration.ofMillis(100);

    BrokerHeartbeat withInterval(Duration other) {
        return new BrokerHeartbeat(other.isZero() ? other : atLeastShortest("--heartbeat", other), timeout);
    }

    BrokerHeartbeat withTimeout(Duration other) {
        return new BrokerHeartbeat(interval, atLeastShortest("--heartbeat-timeout", other));
    }

    /**
     * The settings of connections.
     *
     * @throws IllegalArgumentException if there is a timeout and no heartbeat
     */
    ZmtpHeartbeat settings() {
        if (interval.isZero()) {
            if (timeout != null) {
                throw new IllegalArgumentException("--heartbeat-timeout means nothing without heartbeats");
            }
            return ZmtpHeartbeat.OFF;
        }
        return ZmtpHeartbeat.every(interval, timeout != null ? timeout : interval.multipliedBy(INTERVALS_OF_TIMEOUT));
    }

    private static Duration atLeastShortest(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(name + " must be at least " + SHORTEST.toMillis() + " ms");
        }
        return value;
    }
}
