package io.zmtpbroker.broker;

import io.zmtpbroker.broker.net.ClientGone;
import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.ListenException;
import io.zmtpbroker.broker.net.Transport;
import io.zmtpbroker.zmtp.ZmtpLimits;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line: what a user types becomes a {@link BrokerConfig}, and the broker runs until a signal ends it. */
@Command(
        name = "zmtp-broker",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        customSynopsis = BrokerCommand.SYNOPSIS,
        sortOptions = false,
        usageHelpAutoWidth = true,
        header = "Hands the requests of ZeroMQ clients to ZeroMQ workers that fetch them, again if need be.",
        footer = {
            "",
            "An endpoint is tcp://host:port, with * for all interfaces and * or 0 for any free port, ipc://path,"
                    + " ipc://@abstract or ipc://* (a name is made up). Behind it may stand ?key=value&...: service=NAME,"
                    + " dialect=auto|fetch|lb|pirate|majordomo|rep|dealer (workers) or auto|plain|majordomo (clients),"
                    + " credit=N (workers), duplicate=handover|refuse, connect (instead of listening), mode=0660 (of a socket file).",
            "@FILE reads arguments from a file. SIGTERM and SIGINT stop the broker in order."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BrokerCommand implements Callable<Integer> {

    static final String SYNOPSIS = "zmtp-broker [options] [CLIENTS [WORKERS [ANSWERS]]]";

    private static final int CANNOT_START = 1;
    private static final int WRONG_ARGUMENTS = 2;

    @Spec
    private CommandSpec spec;

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

    @Option(
            names = "--max-message-bytes",
            paramLabel = "BYTES",
            description = "largest message of a peer; k, m and g are understood (default: ${DEFAULT-VALUE})",
            defaultValue = "64m",
            converter = Bytes.class)
    private Long maxMessageBytes;

    @Option(
            names = "--max-message-frames",
            paramLabel = "N",
            description = "most frames in a message (default: ${DEFAULT-VALUE})",
            defaultValue = "1024")
    private int maxMessageFrames;

    @Option(
            names = "--max-queued-bytes",
            paramLabel = "BYTES",
            description = "requests that wait or run, together; beyond it clients are not read"
                    + " (default: a quarter of the memory for buffers)",
            converter = Bytes.class)
    private @Nullable Long maxQueuedBytes;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "connections open at a time (default: ${DEFAULT-VALUE})",
            defaultValue = "65536")
    private int maxConnections;

    @Option(
            names = "--handshake-timeout",
            paramLabel = "SECONDS",
            description = "from connection to the end of its handshake (default: ${DEFAULT-VALUE})",
            defaultValue = "30",
            converter = Seconds.class)
    private Duration handshakeTimeout;

    @Option(
            names = "--transport",
            paramLabel = "auto|io_uring|epoll|nio",
            description = "how sockets are driven (default: ${DEFAULT-VALUE})",
            defaultValue = "auto")
    private Transport transport;

    private BrokerCommand() {}

    /** Runs the command; returns its exit code. */
    static int run(String[] arguments) {
        return commandLine().execute(arguments);
    }

    /** The command, ready to be run; where it writes to may be set before. */
    static CommandLine commandLine() {
        return new CommandLine(new BrokerCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Endpoint.class, BrokerCommand::endpoint)
                .setParameterExceptionHandler(BrokerCommand::explain);
    }

    private static Endpoint endpoint(String text) {
        try {
            return Endpoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** Says what is wrong in one line, then the usage in one: the whole help would push the first out of sight. */
    private static int explain(ParameterException wrong, String[] arguments) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println("zmtp-broker: " + wrong.getMessage());
        err.println("Usage: " + SYNOPSIS + "; --help lists the options");
        return WRONG_ARGUMENTS;
    }

    @Override
    public Integer call() throws InterruptedException {
        BrokerConfig config = config();
        String missing = transport.unavailable();
        if (missing != null) {
            return cannotStart("the transport " + transport.label() + " does not work here: " + missing);
        }
        try {
            return BrokerProcess.serve(Broker.start(config), spec.commandLine().getOut());
        } catch (ListenException e) {
            return cannotStart(e.getMessage());
        }
    }

    private BrokerConfig config() {
        try {
            var builder = BrokerConfig.builder()
                    .workerGrace(Duration.ofMillis(workerGraceMillis))
                    .clientGone(clientGone)
                    .reviveFetch(reviveFetch)
                    .drain(drain)
                    .limits(limits())
                    .maxConnections(maxConnections)
                    .transport(transport);
            addAll(clients, moreClients, builder::clients);
            addAll(workers, moreWorkers, builder::workers);
            addAll(answers, moreAnswers, builder::answers);
            if (tries != null) {
                builder.tries(tries);
            }
            if (timeout != null) {
                builder.timeout(timeout);
            }
            if (serviceWait != null) {
                builder.serviceWait(serviceWait);
            }
            if (maxQueuedBytes != null) {
                builder.maxQueuedBytes(maxQueuedBytes);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void addAll(@Nullable Endpoint positional, List<Endpoint> others, Consumer<Endpoint> builder) {
        if (positional != null) {
            builder.accept(positional);
        }
        others.forEach(builder);
    }

    private ZmtpLimits limits() {
        return ZmtpLimits.DEFAULT
                .withMaxMessageLength(maxMessageBytes)
                .withMaxMessageFrames(maxMessageFrames)
                .withHandshakeTimeout(handshakeTimeout);
    }

    private int cannotStart(@Nullable String why) {
        spec.commandLine().getErr().println("zmtp-broker: " + why);
        return CANNOT_START;
    }
}
