package io.zmtpbroker.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where results are written, and the writing. */
final class ReportFiles {

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures there, after each point.")
    @Nullable
    Path json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Write a picture there, after each point.")
    @Nullable
    Path svg;

    /** Throws what {@code wrong} makes of a message, if a file cannot be written: better now than after a quarter of an hour. */
    void check(Function<String, RuntimeException> wrong) {
        check("--json", json, wrong);
        check("--svg", svg, wrong);
    }

    private static void check(String option, @Nullable Path file, Function<String, RuntimeException> wrong) {
        if (file == null) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw wrong.apply(option + ": there is no directory " + directory);
        }
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : directory)) {
            throw wrong.apply(option + ": " + file + " cannot be written");
        }
    }

    /**
     * Writes what there is so far.
     *
     * @param circumstances of the comparison, for programs
     * @param notes on it, for people
     */
    void write(Map<String, ?> circumstances, List<String> notes, Results results) throws IOException {
        if (json != null) {
            Files.writeString(json, JsonReport.of(circumstances, results), StandardCharsets.UTF_8);
        }
        if (svg != null) {
            Files.writeString(svg, new SvgChart(results, notes).render(), StandardCharsets.UTF_8);
        }
    }
}
