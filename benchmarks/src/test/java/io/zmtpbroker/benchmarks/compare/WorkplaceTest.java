package io.zmtpbroker.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WorkplaceTest {

    private static final String JAR = System.getProperty("zmtp.broker.jar");
    private static final int LIMIT_SECONDS = 60;
    private static final int POLL_MILLIS = 20;

    @TempDir
    private Path directory;

    @Test
    void closeEndsChildrenAndDeletesFiles() throws IOException, InterruptedException {
        Process child;
        Path files;
        try (Workplace workplace = new Workplace()) {
            files = workplace.directory();
            Files.createFile(files.resolve("secret"));
            child = workplace.start(new ProcessBuilder("sleep", "600"));
        }

        assertThat(child.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(files).doesNotExist();
    }

    /** As Ctrl-C does; and what was not measured to its end is not reported. */
    @Test
    @Timeout(LIMIT_SECONDS)
    void signalLeavesNeitherKeysNorProcessesNorResults() throws IOException, InterruptedException {
        Path json = directory.resolve("out.json");
        Process compare =
                compare("--brokers", "ours:lb+curve", "--points", "2", "--seconds", "600", "--json", json.toString());
        try {
            while (ownFiles("*.keys").isEmpty()
                    || ownFiles("broker.log").isEmpty()
                    || compare.descendants().findAny().isEmpty()) {
                assertThat(compare.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS))
                        .as(this::said)
                        .isFalse();
            }
            ProcessHandle broker = compare.descendants().findAny().orElseThrow();

            broker.destroy(); // a terminal signals all of them
            compare.destroy();

            assertThat(compare.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(broker.onExit()).succeedsWithin(Duration.ofSeconds(LIMIT_SECONDS));
            assertThat(directory.toFile().list((parent, name) -> name.startsWith("compare-")))
                    .isEmpty();
            assertThat(json).doesNotExist();
        } finally {
            compare.destroyForcibly();
        }
    }

    private Process compare(String... arguments) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                "io.zmtpbroker.benchmarks.Main",
                "compare",
                "--jar",
                "ours=" + JAR);
        command.command().addAll(List.of(arguments));
        return command.redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
    }

    private String said() {
        try {
            return Files.readString(directory.resolve("said"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<Path> ownFiles(String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var places = Files.newDirectoryStream(directory, "compare-*")) {
            for (Path place : places) {
                try (var files = Files.newDirectoryStream(place, pattern)) {
                    files.forEach(found::add);
                }
            }
        }
        return found;
    }
}
