package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neilalexander.jnacl.NaCl;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.ZMQ;

/** docs/security.md, done as it is written: its commands run in their order; the ports alone are others. */
class SecurityGuideTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("zmtp.examples", "../examples"));
    private static final Path GUIDE = EXAMPLES.resolveSibling("docs").resolve("security.md");
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "CURVE, 022, 1 key of keys; connections closed that lost theirs:",
        "CURVE, 002, 1 key of keys; connections closed that lost theirs:",
        "PLAIN, 022, credentials: 2 users of users",
        "PLAIN, 002, credentials: 2 users of users",
    })
    void leadsToAnAnswer(String mechanism, String umask, String logged) throws Exception {
        String section = section("## " + mechanism + ", step by step");
        String ports = "tcp://*:4161 tcp://*:4162 tcp://*:4163";
        assertThat(section.replace("127.0.0.1", "*").replace("'", ""))
                .as("the ports that are replaced")
                .contains(ports);
        List<String> replacements = List.of(port(), port(), port());
        layOut(replacements);
        String script = "set -e\numask " + umask + "\ntrap 'kill $(jobs -p) 2>/dev/null' EXIT\n"
                + "PATH=" + folder.resolve("bin") + ":$PATH\n"
                + withPorts(blocks(section, "bash"), replacements)
                + "while kill -0 $broker && ! grep -q '" + logged + "' log; do sleep 0.1; done\n";
        Path file = Files.writeString(folder.resolve("script"), script);

        try (ChildProcess bash =
                ChildProcess.start(List.of("bash", "-c", "cd " + folder + " && exec bash " + file + " 2> log"))) {
            int status = bash.awaitExit(Limits.CROWD);

            String log = Files.readString(folder.resolve("log"));
            assertThat(status).as("%s\n%s", bash, log).isZero();
            assertThat(bash.remainingLines()).contains("ready", "12 squared: 144");
            assertThat(log).contains(logged);
        }
    }

    @Test
    void doneTwiceItsFirstStepSpoilsNothing() throws Exception {
        String section = section("## CURVE, step by step");
        String step = blocks(section.substring(0, section.indexOf("**2.")), "bash");
        layOut(List.of(port(), port(), port()));
        String path = "cd " + folder + "\nPATH=" + folder.resolve("bin") + ":$PATH\n";
        try (ChildProcess bash = ChildProcess.start(List.of("bash", "-c", path + step + "cat broker.pub\n" + step))) {
            bash.awaitExit(Limits.CROWD);

            String publicKey = bash.remainingLines().get(0);
            assertThat(bash.errors()).contains("the file exists already");
            assertThat(folder.resolve("broker.pub")).hasContent(publicKey);
            assertThat(publicKey).hasSize(40);
        }
    }

    @Test
    void showsTheExamplesAsTheyAre() throws IOException {
        String guide = Files.readString(GUIDE);

        assertThat(blocks(guide, "python")).isEqualTo(example("curve_worker.py") + example("plain_client.py"));
        assertThat(blocks(guide, "java")).isEqualTo(example("CurveClient.java"));
    }

    private void layOut(List<String> ports) throws IOException, URISyntaxException {
        Files.createSymbolicLink(folder.resolve("zmtp-broker.jar"), BrokerCommand.JAR.toRealPath());
        Files.createSymbolicLink(folder.resolve("jeromq-0.6.0.jar"), jarOf(ZMQ.class));
        Files.createSymbolicLink(folder.resolve("jnacl-1.0.0.jar"), jarOf(NaCl.class));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.writeString(bin.resolve("java"), "#!/bin/sh\nexec " + java + " \"$@\"\n");
        Files.writeString(
                bin.resolve("python3"), "#!/bin/sh\nPATH=${PATH#*:} exec " + RealPeers.python() + " \"$@\"\n");
        try (var commands = Files.list(bin)) {
            commands.forEach(
                    command -> assertThat(command.toFile().setExecutable(true)).isTrue());
        }
        for (String name : List.of("curve_worker.py", "CurveClient.java", "plain_worker.py", "plain_client.py")) {
            Files.writeString(folder.resolve(name), withPorts(example(name), ports));
        }
    }

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String section(String heading) throws IOException {
        String guide = Files.readString(GUIDE);
        int start = guide.indexOf(heading);
        assertThat(start).as(heading).isNotNegative();
        return guide.substring(start, guide.indexOf("\n## ", start + 1));
    }

    private static String blocks(String text, String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .collect(Collectors.joining());
    }

    private static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve("secure").resolve(name));
    }

    private static String port() {
        return Integer.toString(LastingPort.free());
    }

    private static String withPorts(String text, List<String> ports) {
        return text.replace("4161", ports.get(0)).replace("4162", ports.get(1)).replace("4163", ports.get(2));
    }
}
