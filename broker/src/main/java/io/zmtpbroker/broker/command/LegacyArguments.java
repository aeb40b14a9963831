package io.zmtpbroker.broker.command;

import io.zmtpbroker.broker.BrokerConfig;
import io.zmtpbroker.broker.net.Zmtp20;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which older versions of the protocol are spoken. */
final class LegacyArguments {

    @Option(
            names = "--zmtp2",
            negatable = true,
            description = "peers may, or may not, speak ZMTP 2.0: libzmq 3.x, NetMQ before 4.0.1"
                    + " (default: where everybody is let in)")
    private @Nullable Boolean zmtp2;

    /** Tells a configuration what was typed. */
    void applyTo(BrokerConfig.Builder builder) {
        if (zmtp2 != null) {
            builder.zmtp20(zmtp2 ? Zmtp20.ADMITTED : Zmtp20.REFUSED);
        }
    }
}
