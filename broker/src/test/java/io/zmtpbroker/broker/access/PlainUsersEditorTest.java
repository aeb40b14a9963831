package io.zmtpbroker.broker.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changing a users file: one user is another afterwards, and all else is what it was. */
@SuppressWarnings("try") // a lock does its part by being there
class PlainUsersEditorTest {

    private static final String HASH =
            "$pbkdf2-sha256$10000$MDEyMzQ1Njc4OWFiY2RlZg$6umsHhz0yhb.YIJ/FUgCrsOB.tK.gGdB.tvI2KPIHns";

    @TempDir
    private Path directory;

    @Test
    void editsOneUserAndKeepsAllElse() throws Exception {
        Path file = write("# mine\nalice " + HASH + " client\n\n# end\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        PlainUsersEditor.open(file).set("bob", Set.of(AccessRole.WORKER), octets("x"));
        PlainUsersEditor.open(file).set("alice", Set.of(), octets("changed"));

        assertThat(Files.readString(file).lines())
                .hasSize(5)
                .startsWith("# mine")
                .contains("", "# end");
        PlainUsers users = PlainUsers.read(file);
        PlainUser alice = Objects.requireNonNull(users.find("alice"));
        assertThat(alice.roles()).containsExactly(AccessRole.CLIENT);
        assertThat(alice.hash().iterations()).isEqualTo(600_000);
        assertThat(alice.hash().matches(octets("changed"))).isTrue();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));

        assertThat(PlainUsersEditor.open(file).delete("bob")).isTrue();
        assertThat(PlainUsersEditor.open(file).delete("bob")).isFalse();
        assertThat(PlainUsers.read(file).size()).isOne();
        try (var files = Files.list(directory)) {
            assertThat(files).as("nothing is left beside it").containsExactly(file);
        }
    }

    @Test
    void makesAPrivateUsersFileAndFollowsALink() throws Exception {
        Path file = directory.resolve("users");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        PlainUsersEditor.open(file).set("alice", AccessRole.ALL, octets("x"));
        PlainUsersEditor.open(link).set("bob", AccessRole.ALL, octets("x"));

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(link).isSymbolicLink();
        assertThat(PlainUsers.read(file).size()).isEqualTo(2);
    }

    @Test
    void doesNotTouchAFileThatItDoesNotUnderstand() throws Exception {
        Path file = write("alice is my friend\n");

        assertThatThrownBy(() -> PlainUsersEditor.open(file)).hasMessageStartingWith(file + ":1: a line is");
        assertThat(file).hasContent("alice is my friend\n");
    }

    @Test
    void refusesNamesAndPasswordsThatCannotBe() throws Exception {
        PlainUsersEditor editor = PlainUsersEditor.open(directory.resolve("users"));

        assertThatThrownBy(() -> editor.checkSet("a b", AccessRole.ALL)).hasMessageStartingWith("the name is none");
        assertThatThrownBy(() -> editor.checkSet("alice", Set.of()))
                .hasMessage("'alice' is new: say what it may do, --role client, --role worker or both");
        assertThatThrownBy(() -> editor.set("alice", AccessRole.ALL, octets("")))
                .hasMessage("the password is empty");
        assertThatThrownBy(() -> editor.set("alice", AccessRole.ALL, octets("x".repeat(256))))
                .hasMessage("the password has 256 octets, and may have 255");
        assertThatThrownBy(() -> editor.set("alice", AccessRole.ALL, octets("a\tb")))
                .hasMessage("the password has a control character");
        assertThatThrownBy(() -> editor.set("alice", AccessRole.ALL, new byte[] {(byte) 0xff}))
                .hasMessage("the password is not UTF-8");
        assertThat(directory.resolve("users")).doesNotExist();
    }

    @Test
    void changesTheFileAsItIsNowAndNotAsItWas() throws Exception {
        Path file = write("alice " + HASH + " client\n");
        PlainUsersEditor early = PlainUsersEditor.open(file);
        PlainUsersEditor alsoEarly = PlainUsersEditor.open(file);
        PlainUsersEditor.open(file).set("bob", Set.of(AccessRole.WORKER), octets("x"));
        PlainUsersEditor.open(file).delete("alice");

        early.set("carol", Set.of(AccessRole.CLIENT), octets("x"));

        assertThatThrownBy(() -> alsoEarly.set("alice", Set.of(), octets("x")))
                .hasMessageStartingWith("'alice' is new");
        PlainUsers users = PlainUsers.read(file);
        assertThat(users.size()).isEqualTo(2);
        assertThat(users.find("bob")).isNotNull();
        assertThat(users.find("carol")).isNotNull();
    }

    @Test
    void allCountWhoChangeItAtATime() throws Exception {
        Path file = directory.resolve("users");
        List<CompletableFuture<Void>> all = List.of("a", "b", "c", "d").stream()
                .map(name -> CompletableFuture.runAsync(() -> add(file, name)))
                .toList();

        all.forEach(CompletableFuture::join);

        assertThat(PlainUsers.read(file).size()).isEqualTo(4);
        try (var files = Files.list(directory)) {
            assertThat(files).as("nothing is left beside it").containsExactly(file);
        }
    }

    private static void add(Path file, String name) {
        try {
            PlainUsersEditor.open(file).set(name, AccessRole.ALL, octets("x"));
        } catch (CredentialFileException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysWhatIsInTheWayOfAChange() throws Exception {
        Path file = write("alice " + HASH + " client\n");
        Path lock = directory.resolve(".file.lock");

        try (LockFile held = LockFile.of(file, Duration.ZERO)) {
            assertThatThrownBy(() -> LockFile.of(file, Duration.ZERO))
                    .hasMessage(file + ": somebody else is changing it; if nobody is, delete " + lock);
        }
        assertThat(lock).doesNotExist();
    }

    @Test
    void saysWhenTheLastUserHasGone() throws Exception {
        Path file = write("# mine\nalice " + HASH + " client\n");
        PlainUsersEditor editor = PlainUsersEditor.open(file);
        assertThat(editor.isEmpty()).isFalse();

        editor.delete("alice");

        assertThat(editor.isEmpty()).isTrue();
        PlainUsersEditor.open(file).set("bob", AccessRole.ALL, octets("x"));
        assertThat(PlainUsers.read(file).size()).isOne();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("file"), text);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
