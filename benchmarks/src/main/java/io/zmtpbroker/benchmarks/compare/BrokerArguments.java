package io.zmtpbroker.benchmarks.compare;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how brokers are started. */
final class BrokerArguments {

    private static final String JAR = "zmtp-broker.jar";

    @Option(
            names = "--jar",
            paramLabel = "NAME=FILE",
            description =
                    "Our broker: by default `ours` is the one beside this jar, or in broker/target. Others get names of their"
                            + " own.")
    Map<String, Path> jars = new LinkedHashMap<>();

    @Option(names = "--java", paramLabel = "FILE", description = "Runs brokers in Java; by default what runs this.")
    @Nullable
    String java;

    @Option(
            names = "--jvm-options",
            paramLabel = "TEXT",
            description =
                    "For the JVM of our broker, separated by spaces, instead of those of bin/zmtp-broker, which are the default.")
    @Nullable
    String jvmOptions;

    @Option(
            names = "--arguments",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "For our broker itself, such as '--transport nio'; none by default.")
    String arguments = "";

    @Option(
            names = "--peer-jvm-options",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "For the JVM of other brokers that are Java; none by default.")
    String peerJvmOptions = "";

    Contenders contenders(Workplace workplace) {
        Map<String, Path> named = new LinkedHashMap<>(jars);
        named.computeIfAbsent("ours", name -> beside());
        List<String> oursOptions = jvmOptions == null ? LauncherOptions.ALL : words(jvmOptions);
        JavaCommands commands = new JavaCommands(program(), oursOptions, words(arguments), words(peerJvmOptions));
        return new Contenders(commands, named, workplace);
    }

    /** What runs brokers in Java. */
    String program() {
        return java == null
                ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
                : java;
    }

    /** In the directory of this program, or where the build puts it. */
    private static Path beside() {
        try {
            Path here = Path.of(BrokerArguments.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling(JAR);
            Path built = here.resolveSibling("../../broker/target/" + JAR).normalize();
            return Files.exists(here) ? here : built;
        } catch (URISyntaxException e) {
            return Path.of(JAR);
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
