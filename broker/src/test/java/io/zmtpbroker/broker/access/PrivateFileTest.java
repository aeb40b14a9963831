package io.zmtpbroker.broker.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {

    @TempDir
    private Path directory;

    @Test
    void replacesAFileByAPrivateOne() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "old");

        PrivateFile.replace(file, "new", false);

        assertThat(file).hasContent("new");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    /** As root it could: {@code keygen --force /dev/null} left a file there. */
    @Test
    void leavesAloneWhatIsNoFile() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path link = Files.createSymbolicLink(directory.resolve("link"), pipe);

        for (Path each : new Path[] {pipe, link, directory}) {
            assertThatThrownBy(() -> PrivateFile.replace(each, "secret", false))
                    .isInstanceOf(CredentialFileException.class)
                    .hasMessageContaining(each + ": it is not a regular file, and is left as it is");
        }

        assertThat(FileState.of(pipe).kind()).isEqualTo(FileState.Kind.OTHER);
        try (var files = Files.list(directory)) {
            assertThat(files).as("nothing is left beside it").containsExactlyInAnyOrder(pipe, link);
        }
    }
}
