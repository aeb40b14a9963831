package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that runs the broker with JVM options that suit it. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("../bin/zmtp-broker");

    @TempDir
    private Path folder;

    private record Ended(int status, List<String> output, String errors) {}

    private static Ended run(String javaOptions, Path script, String... arguments) {
        var command = new ArrayList<>(List.of(
                "env", "JAVA_HOME=" + System.getProperty("java.home"), "JAVA_OPTS=" + javaOptions, script.toString()));
        command.addAll(List.of(arguments));
        try (ChildProcess process = ChildProcess.start(command)) {
            int status = process.awaitExit(Limits.SOON);
            return new Ended(status, process.remainingLines(), process.errors());
        }
    }

    @Test
    void runsTheBrokerOfItsCheckoutAlsoThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("broker"), SCRIPT.toRealPath());

        Ended direct = run("", SCRIPT, "--version");
        Ended linked = run("", link, "--version");

        assertThat(direct.status()).isZero();
        assertThat(direct.output().get(0)).startsWith("zmtp-broker ");
        assertThat(linked).isEqualTo(direct);
    }

    @Test
    void hasAQuietCollectorUnlessTheUserWantsAnother() {
        String flags = "-XX:+PrintFlagsFinal";

        assertThat(run(flags, SCRIPT, "--version").output())
                .anyMatch(line -> line.matches(".* UseSerialGC +:?= true .*command line.*"));
        assertThat(run(flags + " -XX:-UseSerialGC -XX:+UseParallelGC", SCRIPT, "--version")
                        .output())
                .anyMatch(line -> line.matches(".* UseParallelGC +:?= true .*command line.*"));
    }

    @Test
    void endsRatherThanLimpsWithoutHeap() {
        assertThat(run("-XX:+PrintFlagsFinal", SCRIPT, "--version").output())
                .anyMatch(line -> line.matches(".* ExitOnOutOfMemoryError +:?= true .*command line.*"));
    }

    @Test
    void givesArgumentsOnAsTheyAre() {
        Ended ended = run("", SCRIPT, "tcp://*:0", "inproc://a b&c");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errors()).contains("'inproc://a b&c' is not an endpoint");
    }

    @Test
    void saysWhereTheJarIsMissing() throws IOException {
        Path alone = Files.copy(SCRIPT, folder.resolve("zmtp-broker"));

        Ended ended = run("", alone);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.errors()).contains("there is no zmtp-broker.jar beside " + alone);
    }
}
