package io.zmtpbroker.broker.command;

import io.zmtpbroker.broker.Broker;
import io.zmtpbroker.broker.BrokerConfig;
import io.zmtpbroker.broker.access.CredentialFileException;
import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.ListenException;
import io.zmtpbroker.broker.net.Transport;
import io.zmtpbroker.broker.net.TransportException;
import java.io.File;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
                    + " credit=N (workers), duplicate=handover|refuse, mechanism=null|plain|curve, connect (instead of listening), mode=0660 (of a socket file),"
                    + " legacy=2.0|off (older peers).",
            "@FILE reads arguments from a file. SIGTERM and SIGINT stop the broker in order; SIGHUP has it read the files of"
                    + " users and keys again."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BrokerCommand implements Callable<Integer> {

    static final String SYNOPSIS = "zmtp-broker [options] [CLIENTS [WORKERS [ANSWERS]]]";

    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;

    @Spec
    private CommandSpec spec;

    @Mixin
    private EndpointArguments endpoints;

    @Mixin
    private DispatchArguments dispatch;

    @Mixin
    private AccessArguments access;

    @Mixin
    private LimitArguments limits;

    @Mixin
    private HeartbeatArguments heartbeats;

    @Mixin
    private LegacyArguments legacy;

    @Option(
            names = "--transport",
            paramLabel = "auto|io_uring|epoll|nio",
            description = "how sockets are driven (default: ${DEFAULT-VALUE})",
            defaultValue = "auto")
    private Transport transport;

    private final HangUps hangUps;

    private BrokerCommand(HangUps hangUps) {
        this.hangUps = hangUps;
    }

    /** Runs the command; returns its exit code. */
    static int run(String[] arguments, HangUps hangUps) {
        return commandLine(hangUps).execute(arguments);
    }

    /** The command, ready to be run; where it writes to may be set before. */
    static CommandLine commandLine(HangUps hangUps) {
        return new CommandLine(new BrokerCommand(hangUps))
                .addSubcommand(PasswdCommand.create())
                .addSubcommand(KeygenCommand.create())
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
        err.println("zmtp-broker: "
                + missingFile(arguments).map(BrokerCommand::noSuchFile).orElse(wrong.getMessage()));
        String synopsis = wrong.getCommandLine().getCommandSpec().usageMessage().customSynopsis()[0];
        err.println("Usage: " + synopsis + "; --help lists the options");
        return WRONG_ARGUMENTS;
    }

    /** Picocli takes the name of a file of arguments that is not there for an argument. */
    private static Optional<String> missingFile(String[] arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith("@") && !argument.startsWith("@@"))
                .map(argument -> argument.substring(1))
                .filter(name -> !new File(name).exists())
                .findFirst();
    }

    private static String noSuchFile(String name) {
        return "there is no file '" + name + "' to read arguments from";
    }

    @Override
    public Integer call() throws InterruptedException {
        BrokerConfig config;
        try {
            config = config();
        } catch (CredentialFileException e) {
            return fail(spec, e.getMessage());
        }
        String missing = transport.unavailable();
        if (missing != null) {
            return fail(spec, "the transport " + transport.label() + " does not work here: " + missing);
        }
        try {
            return new BrokerProcess(Broker.start(config), config, hangUps)
                    .serve(spec.commandLine().getOut());
        } catch (ListenException | TransportException e) {
            return fail(spec, e.getMessage());
        }
    }

    private BrokerConfig config() throws CredentialFileException {
        try {
            BrokerConfig.Builder builder = BrokerConfig.builder().transport(transport);
            endpoints.applyTo(builder);
            access.applyTo(builder);
            dispatch.applyTo(builder);
            limits.applyTo(builder);
            heartbeats.applyTo(builder);
            legacy.applyTo(builder);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Says in one line why something did not work; returns the exit code. */
    static int fail(CommandSpec spec, @Nullable String why) {
        spec.commandLine().getErr().println("zmtp-broker: " + why);
        return FAILED;
    }
}
