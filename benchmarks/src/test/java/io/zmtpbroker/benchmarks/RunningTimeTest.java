package io.zmtpbroker.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What the documentation promises of how long all benchmarks take, by JMH's own list of them. */
class RunningTimeTest {

    /** Of each fork, to start its JVM and to set up what is measured. */
    private static final double START_SECONDS = 1.5;

    @Test
    void shortModeEndsWithinFiveMinutes() throws CommandLineOptionException {
        assertThat(minutes(ShortMode.arguments(true, List.of()))).isLessThan(5);
    }

    @Test
    void allTakeSome25Minutes() throws CommandLineOptionException {
        assertThat(minutes()).isBetween(23.0, 27.0);
    }

    private static double minutes(String... arguments) throws CommandLineOptionException {
        CommandLineOptions options = new CommandLineOptions(arguments);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        OutputFormat silent = OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT);
        return BenchmarkList.defaultList().getAll(silent, List.of()).stream()
                        .mapToDouble(benchmark -> seconds(benchmark, options))
                        .sum()
                / 60;
    }

    private static double seconds(BenchmarkListEntry benchmark, CommandLineOptions options) {
        int forks = options.getForkCount().orElse(benchmark.getForks().get());
        int warmUps = options.getWarmupIterations()
                .orElse(benchmark.getWarmupIterations().get());
        int iterations = options.getMeasurementIterations()
                .orElse(benchmark.getMeasurementIterations().get());
        double warmUp =
                seconds(options.getWarmupTime().orElse(benchmark.getWarmupTime().get()));
        double iteration = seconds(options.getMeasurementTime()
                .orElse(benchmark.getMeasurementTime().get()));
        double fork = START_SECONDS + warmUps * warmUp + iterations * iteration;
        return forks * combinations(benchmark, options) * fork;
    }

    private static int combinations(BenchmarkListEntry benchmark, CommandLineOptions options) {
        Map<String, String[]> parameters = benchmark.getParams().orElse(Map.of());
        int combinations = 1;
        for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
            int given =
                    options.getParameter(parameter.getKey()).orElse(List.of()).size();
            combinations *= given > 0 ? given : parameter.getValue().length;
        }
        return combinations;
    }

    private static double seconds(TimeValue time) {
        return time.convertTo(TimeUnit.MILLISECONDS) / 1e3;
    }
}
