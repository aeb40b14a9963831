package io.zmtpbroker.broker;

import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.broker.net.NetOptions;

/** The parts of a configuration, for benchmarks that run a part of the broker; in its package, as a test would be. */
public final class InnerConfig {

    private InnerConfig() {}

    /** How connections are served. */
    public static NetOptions net(BrokerConfig config) {
        return config.net();
    }

    /** The dispatcher's rules. */
    public static DispatchConfig dispatch(BrokerConfig config) {
        return config.dispatch();
    }
}
