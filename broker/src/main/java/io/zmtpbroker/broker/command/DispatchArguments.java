package io.zmtpbroker.broker.command;

import static io.zmtpbroker.broker.command.Given.ifGiven;

import io.zmtpbroker.broker.BrokerConfig;
import io.zmtpbroker.broker.net.ClientGone;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How requests are handed out, and what becomes of them when something fails. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DispatchArguments {

    @Option(
            names = {"-t", "--tries"},
            paramLabel = "N",
            description = "attempts per request (default: no limit)")
    private @Nullable Integer tries;

    @Option(
            names = {"-T", "--timeout"},
            paramLabel = "SECONDS",
            description = "time per attempt, decimals allowed (default: none)",
            converter = Seconds.class)
    private @Nullable Duration timeout;

    @Option(
            names = "--worker-grace",
            paramLabel = "MILLIS",
            description = "after a worker's fetch connection is lost, how long its answer may still arrive"
                    + " (default: ${DEFAULT-VALUE})",
            defaultValue = "100")
    private long workerGraceMillis;

    @Option(
            names = "--client-gone",
            paramLabel = "auto|run|drop",
            description = "requests of a client that has gone: auto drops those of an anonymous REQ and runs the others"
                    + " (default: ${DEFAULT-VALUE})",
            defaultValue = "auto")
    private ClientGone clientGone;

    @Option(
            names = "--service-wait",
            paramLabel = "SECONDS",
            description = "how long a request may wait for a service that no worker offers (default: no limit)",
            converter = Seconds.class)
    private @Nullable Duration serviceWait;

    @Option(
            names = "--revive-fetch",
            paramLabel = "SECONDS",
            description =
                    "for how long after the start a worker that reconnects and stays silent is taken to wait for a"
                            + " task; 0 for not at all (default: ${DEFAULT-VALUE})",
            defaultValue = "60",
            converter = Seconds.class)
    private Duration reviveFetch;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            description = "when stopping, how long running attempts may take to end (default: ${DEFAULT-VALUE})",
            defaultValue = "5",
            converter = Seconds.class)
    private Duration drain;

    /** Tells a configuration what was typed; throws an {@link IllegalArgumentException} for what makes no sense. */
    void applyTo(BrokerConfig.Builder builder) {
        builder.workerGrace(Duration.ofMillis(workerGraceMillis))
                .clientGone(clientGone)
                .reviveFetch(reviveFetch)
                .drain(drain);
        ifGiven(tries, builder::tries);
        ifGiven(timeout, builder::timeout);
        ifGiven(serviceWait, builder::serviceWait);
    }
}
