package io.zmtpbroker.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line: exit codes, and what is printed. */
class BrokerCommandTest {

    private static final String ANY = "tcp://127.0.0.1:*";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "inproc://x tcp://*:0 | Invalid value for positional parameter at index 0 (CLIENTS): 'inproc://x' is not",
                "tcp://*:0 udp://h:1 | (WORKERS): 'udp://h:1' is not an endpoint: it must begin with tcp:// or ipc://",
                "tcp://*:0 tcp://*:5555x | 'tcp://*:5555x' is not an endpoint: the port must be a number",
                "tcp://*:0 --workers tcp://*:70000 | (ENDPOINT): 'tcp://*:70000' is not an endpoint: the port must be",
                "tcp://*:0 --workers tcp://localhost | the port is missing",
                "--clients inproc://x --workers tcp://*:0 | inproc does not leave its process",
                "tcp://*:0 tcp://*:0 --answers tcp://*:0?colour=red | 'colour' is no option of an endpoint; there are",
                "tcp://*:0 tcp://*:0?dialect=plain | dialect 'plain' does not fit workers, which may have auto, fetch",
                "tcp://*:0?dialect=rep tcp://*:0 | dialect 'rep' does not fit clients, which may have auto, plain",
                "tcp://*:0 tcp://*:0 tcp://*:0?service=a | service means nothing for answers",
                "tcp://*:0 tcp://*:0?connect | one cannot connect to tcp://*:0",
                "tcp://*:0 | an endpoint for workers is missing",
                "-t 3 @no-such-file | there is no file 'no-such-file' to read arguments from",
                "--answers tcp://*:0 --workers tcp://*:0 | an endpoint for clients is missing",
                "-t 3 | an endpoint for workers is missing",
                "tcp://*:0 tcp://*:0 --max-message-bytes 0 | --max-message-bytes must be greater than 0, not 0",
                "tcp://*:0 tcp://*:0 --max-partial-bytes 0 | --max-partial-bytes must be greater than 0, not 0",
                "tcp://*:0 tcp://*:0 --max-message-frames -1 | --max-message-frames must be greater than 0, not -1",
                "tcp://*:0 tcp://*:0 --handshake-timeout 0 | --handshake-timeout must be greater than 0",
                "tcp://*:0 tcp://*:0 --accept-pause 0.009 | --accept-pause must be at least 10 ms",
                "tcp://*:0 tcp://*:0 --heartbeat 0.05 | --heartbeat must be at least 100 ms",
                "tcp://*:0 tcp://*:0 --max-message-bytes 6m --max-partial-bytes 6m | --max-message-bytes 6291456 needs "
                        + "--max-partial-bytes of 8388608 or more, and not 6291456: messages of up to 4718592 fit",
                "tcp://*:0 tcp://*:0 tcp://*:0 tcp://*:0 | Unmatched argument at index 3: 'tcp://*:0'",
            })
    void saysInOneLineWhichArgumentIsWrong(String arguments, String why) {
        StringWriter err = new StringWriter();

        int exitCode = run(err, arguments.split(" "));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("zmtp-broker: ")
                .contains(why);
        assertThat(err.toString().lines().skip(1))
                .containsExactly(
                        "Usage: zmtp-broker [options] [CLIENTS [WORKERS [ANSWERS]]]; --help lists the options");
    }

    @Test
    void doesNotShowAPasswordThatStandsWhereNoneBelongs() {
        StringWriter err = new StringWriter();

        int exitCode =
                run(err, "passwd", "--role=client", directory.resolve("users").toString(), "alice", "hunter2");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("zmtp-broker: a password does not stand on the command line; it is asked for")
                .doesNotContain("hunter2");
    }

    @Test
    void refusesAPathThatIsTooLong() {
        StringWriter err = new StringWriter();

        int exitCode = run(err, ANY, "--workers", "ipc:///" + "x".repeat(107));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("the path has 108 octets, and a Unix socket's may have 107");
    }

    @Test
    void saysInOneLineWhyItCannotListen() throws Exception {
        Path path = Files.createFile(directory.resolve("x"));
        StringWriter err = new StringWriter();

        int exitCode = run(err, ANY, "--workers", "ipc://" + path);

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("zmtp-broker: cannot listen on ipc://" + path
                        + " for workers: there is a file of that name that is not a socket");
    }

    @Test
    void printsEachEndpointAndEndsInOrder() throws Exception {
        Path path = directory.resolve("x");
        String later = "ipc://" + directory.resolve("later");
        Process process = start(ANY, ANY, "--clients", "ipc://" + path, "--workers", later + "?connect&service=a");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).matches("clients listening on tcp://127\\.0\\.0\\.1:[1-9][0-9]*");
            assertThat(out.readLine()).isEqualTo("clients listening on ipc://" + path);
            assertThat(out.readLine()).matches("workers listening on tcp://127\\.0\\.0\\.1:[1-9][0-9]*");
            assertThat(out.readLine()).isEqualTo("workers connecting to " + later);
            assertThat(out.readLine()).isEqualTo("ready");

            process.destroy(); // SIGTERM

            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(path).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    private static int run(StringWriter err, String... arguments) {
        return BrokerCommand.commandLine(new HangUps())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
