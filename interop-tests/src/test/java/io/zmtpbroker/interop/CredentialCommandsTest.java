package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zmtp-broker keygen} and {@code passwd} as a person or a script runs them, and start-ups that cannot be. */
class CredentialCommandsTest {
    private static final String ANY = "tcp://127.0.0.1:*";

    /** Runs a command on a terminal of its own and types a line whenever it is asked; then prints all that was on the screen. */
    private static final String TYPIST = """
            import os, pty, sys
            pid, screen = pty.fork()
            if pid == 0:
                os.execvp(sys.argv[2], sys.argv[2:])
            shown, asked = b"", 0
            lines = sys.argv[1].encode().decode("unicode_escape").split("|")
            while True:
                try:
                    shown += os.read(screen, 1000)
                except OSError:
                    break
                if asked < len(lines) and shown.count(b": ") > asked:
                    os.write(screen, lines[asked].encode() + b"\\n")
                    asked += 1
            print(shown.decode())
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    @TempDir
    private Path folder;

    private record Ended(int status, String output, String errors) {}

    private static Ended run(List<String> command, String input) {
        try (ChildProcess process = ChildProcess.start(command)) {
            if (!input.isEmpty()) {
                process.writeLine(input);
            }
            process.closeInput();
            int status = process.awaitExit(Limits.CROWD);
            return new Ended(status, String.join("\n", process.remainingLines()), process.errors());
        }
    }

    private static List<String> broker(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ClassArchive.options(""));
        command.addAll(List.of("-jar", BrokerCommand.JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> typing(String lines, List<String> command) {
        var all = new ArrayList<>(List.of(RealPeers.python(), "-c", TYPIST, lines));
        all.addAll(command);
        return all;
    }

    @Test
    void keygenMakesAPrivateFileThatPythonReadsAndDoesNotOverwriteIt() throws IOException {
        Path file = folder.resolve("broker.key");

        Ended made = run(broker("keygen", file.toString()), "");

        assertThat(made.status()).isZero();
        assertThat(made.errors()).isEmpty();
        assertThat(made.output()).hasSize(40);
        assertThat(permissions(file)).isEqualTo("rw-------");
        String secret = Files.readString(file);
        Ended read = run(
                List.of(
                        RealPeers.python(),
                        "-c",
                        "import sys, zmq.auth; print(zmq.auth.load_certificate(sys.argv[1])[0].decode())",
                        file.toString()),
                "");
        assertThat(read.output()).isEqualTo(made.output());

        Ended again = run(broker("keygen", file.toString()), "");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.errors()).isEqualTo("zmtp-broker: " + file + ": the file exists already");
        assertThat(file).hasContent(secret);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run(broker("keygen", "--force", file.toString()), "").status())
                .isZero();
        assertThat(Files.readString(file)).isNotEqualTo(secret);
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void passwdReadsStandardInputAndWritesAPrivateFileWithoutThePassword() throws IOException {
        Path file = folder.resolve("users");

        Ended made = run(broker("passwd", file.toString(), "alice", "--role", "client"), "hunter2");
        Ended changed = run(broker("passwd", "--role=client", "--role=worker", file.toString(), "alice"), "hunter3");

        assertThat(made).isEqualTo(new Ended(0, "", ""));
        assertThat(changed).isEqualTo(new Ended(0, "", ""));
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("alice $")
                .endsWith(" client,worker");
        assertThat(Files.readString(file)).doesNotContain("hunter");

        Ended both = run(broker("passwd", "--role", "worker,client", file.toString(), "bob"), "hunter2");
        assertThat(both).isEqualTo(new Ended(0, "", ""));
        assertThat(Files.readAllLines(file)).last().asString().endsWith(" client,worker");
        assertThat(run(broker("passwd", "--delete", file.toString(), "bob"), ""))
                .isEqualTo(new Ended(0, "", ""));

        Ended gone = run(broker("passwd", "--delete", file.toString(), "alice"), "");
        Ended unknown = run(broker("passwd", "--delete", file.toString(), "alice"), "");
        assertThat(gone.status()).isZero();
        assertThat(gone.errors()).startsWith("zmtp-broker: that was the last user");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.errors()).isEqualTo("zmtp-broker: there is no user 'alice' in " + file);
    }

    @Test
    void passwdAsksTwiceOnATerminalAndDoesNotShowWhatIsTyped() throws IOException {
        Path file = folder.resolve("users");
        List<String> command = broker("passwd", file.toString(), "alice", "--role", "client");

        Ended made = run(typing("hunter2|hunter2", command), "");

        assertThat(made.status()).isZero();
        assertThat(made.output())
                .contains("Password of alice: ", "The same again: ")
                .doesNotContain("hunter");
        assertThat(Files.readString(file)).contains("alice $pbkdf2-sha256$600000$");
        String before = Files.readString(file);

        Ended different = run(typing("hunter2|hunter3", command), "");

        assertThat(different.status()).isEqualTo(1);
        assertThat(different.output())
                .contains("these were two different passwords; nothing was changed")
                .doesNotContain("hunter");
        assertThat(file).hasContent(before);
    }

    /** Java would take each octet beyond ASCII for the same character, and the user could not log in. */
    @Test
    void passwdTakesNoPasswordThatTheLocaleCannotTell() throws IOException {
        Path file = folder.resolve("users");
        List<String> command = broker("passwd", file.toString(), "alice", "--role", "client");

        Ended inC = run(typing("h\\u00fcnter|h\\u00fcnter", inLocale("C", command)), "");
        Ended asciiInC = run(typing("hunter|hunter", inLocale("C", command)), "");
        Ended inUtf8 = run(typing("h\\u00fcnter|h\\u00fcnter", inLocale("C.UTF-8", command)), "");

        assertThat(inC.status()).isEqualTo(1);
        assertThat(inC.output()).contains("set LC_ALL=C.UTF-8, or use --stdin").doesNotContain("nter|");
        assertThat(asciiInC.status()).isZero();
        assertThat(inUtf8.status()).isZero();
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    private static List<String> inLocale(String locale, List<String> command) {
        var all = new ArrayList<>(List.of("env", "LC_ALL=" + locale));
        all.addAll(command);
        return all;
    }

    @Test
    void passwdDoesNotAskWhereItsQuestionWouldNotBeSeen() {
        Path file = folder.resolve("users");
        List<String> hidden = List.of("sh", "-c", "\"$@\" > /dev/null", "sh");
        var command = new ArrayList<>(hidden);
        command.addAll(broker("passwd", file.toString(), "alice", "--role", "client"));

        Ended ended = run(typing("", command), "");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).contains("--stdin");
        assertThat(file).doesNotExist();
    }

    @Test
    void whatIsMissingOrInVainIsOneLine() throws IOException {
        Path users = folder.resolve("users");
        Path key = folder.resolve("key");
        Files.writeString(users, "# nobody\nalice secret client\n");
        Files.writeString(key, "secret-key = \"" + "x".repeat(40) + "\"\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatStart(
                2, "the mechanism plain of clients at tcp://127.0.0.1:0 needs a users file", "--mechanism", "plain");
        assertThatStart(2, "needs a key pair (--curve-secret-file)", "--mechanism", "curve", "--curve-allow", "any");
        assertThatStart(1, users + ":2: the second word is no hash", "--plain-users", users.toString());
        assertThatStart(
                1, "everybody may read this secret", "--mechanism=curve", "--curve-secret-file", key.toString());
        Files.writeString(users, "# nobody\n");
        assertThatStart(1, users + ": there is no user in it", "--plain-users", users.toString());
        String hash = "$pbkdf2-sha256$10000$MDEyMzQ1Njc4OWFiY2RlZg$6umsHhz0yhb.YIJ/FUgCrsOB.tK.gGdB.tvI2KPIHns";
        Files.writeString(users, "alice " + hash + " client\n");
        assertThatStart(2, "there are credentials for plain, and no endpoint", "--plain-users", users.toString());
    }

    private static void assertThatStart(int status, String why, String... options) {
        try (ChildProcess process =
                BrokerCommand.with(options).on(ANY, ANY, ANY).launch()) {
            assertThat(process.awaitExit(Limits.SOON)).isEqualTo(status);
            assertThat(process.remainingLines()).isEmpty();
            List<String> lines = process.errors().lines().toList();
            assertThat(lines).hasSize(status).first().asString().contains(why);
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
