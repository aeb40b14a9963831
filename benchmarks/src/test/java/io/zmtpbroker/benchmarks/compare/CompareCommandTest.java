package io.zmtpbroker.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CompareCommandTest {

    private static final String JAR = System.getProperty("zmtp.broker.jar");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        return new CommandLine(new CompareCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int runShortly(String jar, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--rounds", "1", "--seconds", "0.2", "--warm-up", "0.2", "--jar", "ours=" + jar));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void comparesBrokersOfAllDialects() throws IOException {
        Path json = directory.resolve("out.json");
        Path svg = directory.resolve("out.svg");

        int exitCode = runShortly(
                JAR,
                "--brokers",
                "ours:lb,ours:fetch,ours:rep:10,jeromq:lb,jeromq:proxy",
                "--points",
                "3b",
                "--json",
                json.toString(),
                "--svg",
                svg.toString());

        assertThat(exitCode).as("%s", err).isZero();
        assertThat(out.toString()).contains("| ours:lb").contains("1.00 (1.00-1.00)");
        JsonObject report = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        assertThat(report.get("baseline").getAsString()).isEqualTo("jeromq:lb");
        assertThat(report.getAsJsonArray("runs")).hasSize(5);
        JsonObject run = report.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.get("cpuMicrosPerRequest").getAsDouble()).isPositive();
        assertThat(run.has("idleCores")).isFalse();
        JsonObject broker = report.getAsJsonArray("brokers").get(0).getAsJsonObject();
        assertThat(broker.get("version").getAsString()).startsWith("zmtp-broker ");
        assertThat(broker.get("jarSha256").getAsString()).matches("[0-9a-f]{64}");
        assertThat(report.getAsJsonArray("doubts")).isNotNull();
        assertThat(command(report)).containsAll(LauncherOptions.ALL);
        assertThat(report.getAsJsonObject("versions").get("brokerJava").getAsString())
                .contains(Integer.toString(Runtime.version().feature()));
        assertThat(SvgTexts.of(Files.readString(svg)))
                .contains("ours:fetch")
                .anyMatch(text -> text.contains("--rounds 1 --seconds 0.2"))
                .anyMatch(text -> text.startsWith("zmtp-broker "))
                .noneMatch(text -> text.contains("libzmq"));
    }

    private static List<String> command(JsonObject report) {
        JsonObject broker = report.getAsJsonArray("brokers").get(0).getAsJsonObject();
        return broker.getAsJsonArray("command").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    /** So that a report can be published as it is. */
    @Test
    void reportShowsCommandsWithoutDirectoriesOfThisMachine() throws IOException {
        Path json = directory.resolve("out.json");

        int exitCode = runShortly(
                JAR,
                "--jvm-options",
                "-Xmx200m",
                "--brokers",
                "ours:lb+curve",
                "--points",
                "1",
                "--json",
                json.toString());

        assertThat(exitCode).as("%s", err).isZero();
        String report = Files.readString(json);
        assertThat(command(JsonParser.parseString(report).getAsJsonObject()))
                .contains("-Xmx200m", "--curve-secret-file=ours:lb+curve.keys")
                .doesNotContainAnyElementsOf(LauncherOptions.ALL);
        assertThat(report).doesNotContain("/compare-");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "alter, '.*[1-9]\\d* wrong, 0 refusals.*'",
        "drop, '.* 0 wrong, 0 refusals, and [1-9]\\d* did not come'",
        "refuse, '.* 0 wrong, [1-9]\\d* refusals.*'"
    })
    void replyThatIsNotRightIsAFailure(String fault, String failure) throws IOException {
        Path json = directory.resolve("out.json");
        String jar = FaultyBroker.jar(directory).toString();

        int exitCode = runShortly(
                jar, "--arguments", fault, "--brokers", "ours:lb", "--points", "3b", "--json", json.toString());

        assertThat(exitCode).as("%s", err).isEqualTo(1);
        assertThat(out.toString()).contains("| ours:lb | FAILED: ");
        JsonObject report = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        JsonObject run = report.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.get("failure").getAsString()).matches(failure);
        assertThat(run.has("requestsPerSecond")).isFalse();
    }

    @Test
    void comparesBrokersOnLibzmqWhereItIs() throws IOException, InterruptedException {
        assumeTrue(isThere("libzmq:proxy"), "needs libzmq");
        String brokers = isThere("libzmq:lb") ? "libzmq:lb,libzmq:proxy" : "libzmq:proxy";

        int exitCode = runShortly(JAR, "--brokers", brokers, "--points", "2");

        assertThat(exitCode).as("%s", err).isZero();
        assertThat(out.toString()).contains("| libzmq:proxy").doesNotContain("FAILED");
    }

    private boolean isThere(String broker) throws IOException, InterruptedException {
        try (Workplace workplace = new Workplace()) {
            new BrokerArguments().contenders(workplace).find(broker);
            return true;
        } catch (UnavailableException e) {
            return false;
        }
    }

    /** A broker that is told to use CURVE takes no other connections. */
    @Test
    void comparesOursWithAndWithoutCurve() {
        int exitCode = runShortly(JAR, "--brokers", "ours:lb,ours:lb+curve,ours:rep:10+curve", "--points", "2");

        assertThat(exitCode).as("%s", err).isZero();
        assertThat(out.toString()).contains("| ours:lb+curve").contains("| ours:rep:10+curve");
    }

    @Test
    void measuresConnectionsThatAreNearlyIdle() throws IOException {
        Path json = directory.resolve("out.json");

        int exitCode = runShortly(
                JAR, "--brokers", "ours:lb", "--points", "6", "--connections", "100", "--json", json.toString());

        assertThat(exitCode).as("%s", err).isZero();
        assertThat(out.toString()).contains("100 clients, nearly idle").contains("KiB a connection");
        JsonObject run = JsonParser.parseString(Files.readString(json))
                .getAsJsonObject()
                .getAsJsonArray("runs")
                .get(0)
                .getAsJsonObject();
        assertThat(run.get("idleCores").getAsDouble()).isNotNegative();
        assertThat(run.get("replies").getAsLong()).isPositive();
        assertThat(run.has("skipped")).isTrue();
    }

    @Test
    void brokerThatDoesNotStartIsToldInTheTableAndByTheExitCode() throws IOException {
        Path noBroker = Files.writeString(directory.resolve("no-broker.jar"), "not a jar");

        int exitCode = runShortly(noBroker.toString(), "--brokers", "ours:lb", "--points", "1");

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString()).contains("FAILED: did not start");
    }

    /** One line, and not as many runs as would fail. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "--java, /nonexistent/java, ours:lb, /nonexistent/java",
        "--arguments, -T x, ours:lb, timeout",
        "--jvm-options, -XX:+NoSuchOption, ours:lb, NoSuchOption",
        "--peer-jvm-options, -XX:+NoSuchOption, 'ours:lb,jeromq:lb', NoSuchOption",
        "--rounds, 1, ours:rep:0, credit"
    })
    void brokerThatCannotBeStartedEndsTheComparison(String option, String value, String brokers, String why) {
        int exitCode =
                run(option, value, "--jar", "ours=" + JAR, "--brokers", brokers, "--warm-up", "0.2", "--points", "1");

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .contains(" FAILED: ", why)
                .doesNotContain("Usage");
        assertThat(err.toString()).doesNotContain("round 1");
    }

    @Test
    void filesThatCannotBeWrittenAreRefusedBeforeAnythingRuns() {
        String nowhere = directory.resolve("none/out.json").toString();

        assertThat(runShortly(JAR, "--json", nowhere)).isEqualTo(2);
        assertThat(runShortly(JAR, "--svg", directory.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--json: there is no directory").doesNotContain("this takes about");
    }

    /** It is there at the beginning, takes nothing, and so looks like a disk that is full. */
    @Test
    void fileThatCannotBeWrittenInTheEndHasAnExitCodeOfItsOwn() {
        assumeTrue(Files.isWritable(Path.of("/dev/full")));

        int exitCode = runShortly(JAR, "--brokers", "ours:lb", "--points", "1", "--json", "/dev/full");

        assertThat(exitCode).isEqualTo(3);
        assertThat(err.toString()).contains("compare: java.io.IOException").doesNotContain("\tat ");
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThat(run("--brokers", "theirs:lb")).isEqualTo(2);
        assertThat(run("--points", "7")).isEqualTo(2);
        assertThat(run("--seconds", "0")).isEqualTo(2);
        assertThat(run("--rounds", "0")).isEqualTo(2);
        assertThat(run("--connections", "0")).isEqualTo(2);
        assertThat(run("--points", "3b,2,3b")).isEqualTo(2);
        assertThat(run("--brokers", "ours:lb,ours:lb")).isEqualTo(2);
        assertThat(runShortly(JAR, "--brokers", "ours:lb", "--baseline", "jeromq:lb"))
                .isEqualTo(2);
        assertThat(runShortly(directory.resolve("none.jar").toString(), "--brokers", "ours:lb"))
                .isEqualTo(2);
    }
}
