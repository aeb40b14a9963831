package io.zmtpbroker.broker.command;

import io.zmtpbroker.broker.BrokerConfig;
import io.zmtpbroker.broker.net.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the broker listens, and where it connects to. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EndpointArguments {

    @Parameters(index = "0", arity = "0..1", paramLabel = "CLIENTS", description = "where clients ask (REQ, DEALER)")
    private @Nullable Endpoint clients;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "WORKERS",
            description = "where workers fetch or are given tasks (REQ, DEALER, REP) and may answer (PUSH)")
    private @Nullable Endpoint workers;

    @Parameters(index = "2", arity = "0..1", paramLabel = "ANSWERS", description = "where workers answer (PUSH)")
    private @Nullable Endpoint answers;

    @Option(
            names = "--clients",
            paramLabel = "ENDPOINT",
            description = "one more endpoint for clients; may be repeated")
    private List<Endpoint> moreClients = new ArrayList<>();

    @Option(
            names = "--workers",
            paramLabel = "ENDPOINT",
            description = "one more endpoint for workers; may be repeated")
    private List<Endpoint> moreWorkers = new ArrayList<>();

    @Option(
            names = "--answers",
            paramLabel = "ENDPOINT",
            description = "one more endpoint for answers; may be repeated")
    private List<Endpoint> moreAnswers = new ArrayList<>();

    /** Tells a configuration what was typed; throws an {@link IllegalArgumentException} for what makes no sense. */
    void applyTo(BrokerConfig.Builder builder) {
        addAll(clients, moreClients, builder::clients);
        addAll(workers, moreWorkers, builder::workers);
        addAll(answers, moreAnswers, builder::answers);
    }

    private static void addAll(@Nullable Endpoint positional, List<Endpoint> others, Consumer<Endpoint> builder) {
        if (positional != null) {
            builder.accept(positional);
        }
        others.forEach(builder);
    }
}
