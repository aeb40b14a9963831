package io.zmtpbroker.broker.net;

import java.util.random.RandomGenerator;

/** libzmq's: 100 ms, and a random part below 100 ms, so that those who lost the same peer do not come back as one. */
final class ReconnectDelay {

    static final int INTERVAL_MILLIS = 100;

    private final RandomGenerator random;

    ReconnectDelay(RandomGenerator random) {
        this.random = random;
    }

    int nextMillis() {
        return INTERVAL_MILLIS + random.nextInt(INTERVAL_MILLIS);
    }
}
