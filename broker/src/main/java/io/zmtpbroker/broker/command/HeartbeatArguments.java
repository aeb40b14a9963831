package io.zmtpbroker.broker.command;

import static io.zmtpbroker.broker.command.Given.ifGiven;

import io.zmtpbroker.broker.BrokerConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How dead peers are found. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HeartbeatArguments {

    @Option(
            names = "--heartbeat",
            paramLabel = "SECONDS",
            description =
                    "between PINGs to peers that understand them, 0.1 or more; 0 for none (default: ${DEFAULT-VALUE})",
            defaultValue = "10",
            converter = Seconds.class)
    private Duration heartbeat;

    @Option(
            names = "--heartbeat-timeout",
            paramLabel = "SECONDS",
            description =
                    "a peer that is silent for so long once a PING is due is dead; 0.1 or more (default: three times --heartbeat)",
            converter = Seconds.class)
    private @Nullable Duration heartbeatTimeout;

    /** Tells a configuration what was typed; throws an {@link IllegalArgumentException} for what makes no sense. */
    void applyTo(BrokerConfig.Builder builder) {
        builder.heartbeat(heartbeat);
        ifGiven(heartbeatTimeout, builder::heartbeatTimeout);
    }
}
