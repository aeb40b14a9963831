package io.zmtpbroker.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerLogTest {

    @TempDir
    private Path directory;

    private String lastWords(String... lines) throws IOException {
        Path file = Files.write(directory.resolve("log"), List.of(lines));
        return new BrokerLog(file).lastWords();
    }

    @Test
    void wrongArgumentStandsBeforeTheUsage() throws IOException {
        assertThat(lastWords("", "credit must be from 1", "", "Usage: zmtp-broker [-h]", "  more of it"))
                .isEqualTo("credit must be from 1");
    }

    @Test
    void jvmSaysWhatIsWrongFirst() throws IOException {
        assertThat(lastWords(
                        "Picked up JAVA_TOOL_OPTIONS: -Dx",
                        "Unrecognized VM option 'X'",
                        "Error: Could not create the Java Virtual Machine."))
                .isEqualTo("Unrecognized VM option 'X'");
    }

    @Test
    void brokerLogsItAtTheEnd() throws IOException {
        assertThat(lastWords("2026-11-22T01:00:00.000Z INFO  transport", "2026-11-22T01:00:01.000Z ERROR the end"))
                .endsWith("the end");
    }

    @Test
    void thereMayBeNone() throws IOException {
        assertThat(lastWords()).isEmpty();
        assertThat(lastWords("Usage: zmtp-broker")).isEmpty();
        assertThat(new BrokerLog(directory.resolve("none")).lastWords()).isEmpty();
    }
}
