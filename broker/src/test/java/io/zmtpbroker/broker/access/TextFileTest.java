package io.zmtpbroker.broker.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are opened at all. */
class TextFileTest {

    @TempDir
    private Path directory;

    @Test
    void doesNotOpenWhatIsNoRegularFile() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Path link = Files.createSymbolicLink(directory.resolve("link"), fifo);

        for (Path path : List.of(fifo, link, Path.of("/dev/zero"))) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThatThrownBy(() -> PlainUsers.read(path))
                    .hasMessage(path + ": it is not a regular file"));
        }
    }

    @Test
    void seesThatAFileIsAnother() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "one");
        FileState before = FileState.of(file);
        assertThat(FileState.of(file)).isEqualTo(before);

        Path other = Files.writeString(directory.resolve("other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(FileState.of(file)).isNotEqualTo(before);
    }

    @Test
    void refusesASecretThatIsSomebodyElses() {
        Path file = Path.of("broker.key");

        FileProtection.SECRET.check(file, ownedBy(0), OptionalInt.of(1000));
        FileProtection.SECRET.check(file, ownedBy(1000), OptionalInt.of(1000));
        FileProtection.LIST.check(file, ownedBy(1001), OptionalInt.of(1000));
        FileProtection.SECRET.check(file, ownedBy(1001), OptionalInt.empty());

        assertThatThrownBy(() -> FileProtection.SECRET.check(file, ownedBy(1001), OptionalInt.of(1000)))
                .hasMessage("it belongs to user 1001, who is neither the one that runs this nor root; chown it");
    }

    @Test
    void knowsWhoWeAre() throws Exception {
        Path ours = Files.createFile(directory.resolve("ours"));

        assertThat(FileState.ourUser()).isEqualTo(FileState.of(ours).owner());
    }

    private static FileState ownedBy(int owner) {
        return new FileState(FileState.Kind.REGULAR_FILE, Set.of(), OptionalInt.of(owner), List.of());
    }
}
