package io.zmtpbroker.benchmarks.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the comparison. */
@Command(
        name = "java -jar benchmarks.jar compare",
        sortOptions = false,
        description = {
            "Loads brokers in turn, each as a fresh process, checks every reply, and prints what each costs beside a baseline of"
                    + " the same round.",
            "",
            "Brokers: ours:lb, ours:fetch (three endpoints), ours:rep, ours:rep:N (N tasks at once to a worker), each with"
                    + " +curve behind it for CURVE on all connections, jeromq:lb, jeromq:proxy, libzmq:lb (needs libzmq with"
                    + " its header and a C compiler), libzmq:proxy (needs libzmq)."
                    + " With --jar NAME=FILE also NAME:lb and so on.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was measured",
            "1:a broker failed, or cannot be started: a line says which",
            "2:wrong arguments",
            "3:a file could not be read or written"
        })
public final class CompareCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int NO_FILE = 3;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Say this, and do nothing.")
    boolean help;

    @Option(
            names = "--brokers",
            split = ",",
            paramLabel = "NAME",
            description = "What to compare, in this order; by default all that can be started here.")
    List<String> brokers = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "NAME",
            description = "What ratios refer to; by default libzmq:lb, else jeromq:lb, else the first broker.")
    @Nullable
    String baseline;

    @Option(
            names = "--points",
            split = ",",
            paramLabel = "POINT",
            defaultValue = "3c,3b,3,2",
            description = "Loads, of 1, 2, 3, 3b, 3c, 4, 5, 6 (docs/benchmarks.md); ${DEFAULT-VALUE}.")
    List<String> points = new ArrayList<>();

    @Mixin
    TimingArguments timing = new TimingArguments();

    @Mixin
    BrokerArguments brokerArguments = new BrokerArguments();

    @Mixin
    ReportFiles files = new ReportFiles();

    /**
     * Compares.
     *
     * @return the exit code
     */
    public static int run(String... arguments) {
        Locale.setDefault(Locale.ROOT); // figures look the same everywhere
        return new CommandLine(new CompareCommand())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    @Override
    public Integer call() {
        refuseDuplicates("--points", points);
        refuseDuplicates("--brokers", brokers);
        timing.check(this::wrong);
        List<WorkloadPoint> loads = points.stream().map(this::point).toList();
        files.check(this::wrong);
        try (Workplace workplace = new Workplace()) {
            return compare(loads, workplace);
        } catch (IOException e) {
            errors().println("compare: " + e);
            return NO_FILE;
        } catch (BrokerException e) {
            print(String.valueOf(e.getMessage()));
            return FAILED;
        } catch (InterruptedException e) {
            errors().println("compare: ended before all was measured");
            return FAILED;
        }
    }

    private void refuseDuplicates(String option, List<String> names) {
        List<String> seen = new ArrayList<>();
        for (String name : names) {
            if (seen.contains(name)) {
                throw wrong(option + " has " + name + " twice");
            }
            seen.add(name);
        }
    }

    private int compare(List<WorkloadPoint> loads, Workplace workplace)
            throws BrokerException, IOException, InterruptedException {
        Machine machine = Machine.here();
        PrintWriter progress = errors();
        List<Contender> contenders = contenders(workplace, progress);
        Results results = new Results(baseline(contenders));
        Timing times = timing.timing();
        double seconds = times.brief().seconds(contenders.size())
                + times.seconds(contenders.size() * loads.size() * times.rounds());
        progress.printf("this takes about %.0f min%n", Math.ceil(seconds / 60));
        Circumstances circumstances = new Circumstances(
                command().getParseResult().originalArgs(),
                times,
                machine,
                new BrokerFacts(contenders, brokerArguments.program(), workplace));
        PointRun runner = new PointRun(times, workplace);
        Comparison comparison = new Comparison(contenders, times.rounds(), runner, progress);
        comparison.rehearse(new PointRun(times.brief(), workplace));
        for (WorkloadPoint load : loads) {
            comparison.run(load, results);
            print(new ResultTable(results).of(load));
            new Doubts(results).about(load).forEach(this::print);
            files.write(circumstances.facts(runner.kernelInterfaces()), circumstances.notes(), results);
        }
        return results.hasFailure() ? FAILED : 0;
    }

    /** Those that were asked for, or all that can be started here. Who asks for one by name is not served without it. */
    private List<Contender> contenders(Workplace workplace, PrintWriter progress)
            throws IOException, InterruptedException {
        Contenders all = brokerArguments.contenders(workplace);
        List<Contender> found = new ArrayList<>();
        for (String name : brokers.isEmpty() ? Contenders.DEFAULT : brokers) {
            try {
                found.add(all.find(name));
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            } catch (UnavailableException e) {
                if (!brokers.isEmpty() || name.startsWith("ours:")) {
                    throw wrong(name + ": " + e.getMessage());
                }
                progress.println("left out: " + name + ", for " + e.getMessage());
            }
        }
        return found;
    }

    private String baseline(List<Contender> contenders) {
        List<String> names = contenders.stream().map(Contender::name).toList();
        if (baseline != null) {
            if (!names.contains(baseline)) {
                throw wrong("the baseline " + baseline + " is not compared");
            }
            return baseline;
        }
        return List.of("libzmq:lb", "jeromq:lb").stream()
                .filter(names::contains)
                .findFirst()
                .orElse(names.get(0));
    }

    private WorkloadPoint point(String label) {
        return WorkloadPoint.find(label)
                .map(point -> point.withIdleClients(timing.idleClients))
                .orElseThrow(() -> wrong("no point " + label + "; there are " + WorkloadPoint.labels()));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command(), message);
    }

    private CommandLine command() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec.commandLine();
    }

    private PrintWriter errors() {
        return command().getErr();
    }

    private void print(String text) {
        PrintWriter out = command().getOut();
        out.println(text);
        out.flush();
    }
}
