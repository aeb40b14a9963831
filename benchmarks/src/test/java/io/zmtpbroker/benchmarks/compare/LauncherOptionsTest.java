package io.zmtpbroker.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherOptionsTest {

    private static final Path SCRIPT = Path.of("../bin/zmtp-broker");

    @TempDir
    private Path directory;

    /** The script itself is asked, with a JVM that says what it was given. */
    @Test
    void areThoseOfTheLauncher() throws IOException {
        Path script = Files.copy(SCRIPT, directory.resolve("zmtp-broker"));
        Path jar = Files.createFile(directory.resolve("zmtp-broker.jar"));
        Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));

        ProcessBuilder command = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true);
        command.environment().put("JAVA_HOME", directory.toString());
        command.environment().remove("JAVA_OPTS");
        String said = new String(command.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        List<String> expected = new ArrayList<>(LauncherOptions.ALL);
        expected.addAll(List.of("-jar", jar.toRealPath().toString()));
        assertThat(said.lines()).containsExactlyElementsOf(expected);
    }
}
