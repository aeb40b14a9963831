package io.zmtpbroker.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a test starts the broker's jar. On the Java that runs the tests, with assertions and little memory, on free ports
 * of the loopback interface.
 *
 * <p>The system property {@code zmtp.transport}, when set, is given to every broker as {@code --transport}. With {@code
 * zmtp.broker.launcher=true} every broker is run by {@code bin/zmtp-broker}, with the JVM options of the shipped product: without
 * assertions, with both compilers.
 */
final class BrokerCommand {
    /** The broker as it is shipped. */
    static final Path JAR = Path.of(System.getProperty("zmtp.broker.jar", "../broker/target/zmtp-broker.jar"));

    /** The script that users run it with. */
    static final Path LAUNCHER = Path.of("../bin/zmtp-broker");

    private static final String ANY_PORT = "tcp://127.0.0.1:*";

    /** For a life of seconds: the second compiler would cost more than it gives. */
    private static final List<String> SHORT_LIFE =
            List.of("-ea", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private final List<String> jvmOptions = new ArrayList<>(List.of("-Xmx256m"));
    private final List<String> options = new ArrayList<>();
    private List<String> endpoints = List.of(ANY_PORT, ANY_PORT, ANY_PORT);
    private List<String> wrapper = List.of();
    private String transport = "";
    private boolean sharesClasses = true;
    private boolean byLauncher = Boolean.getBoolean("zmtp.broker.launcher");

    private BrokerCommand(List<String> options) {
        this.options.addAll(options);
    }

    static BrokerCommand with(String... options) {
        BrokerCommand command = new BrokerCommand(List.of(options));
        return command.transport(underTest());
    }

    private static String underTest() {
        return System.getProperty("zmtp.transport", "");
    }

    /** Whether Unix sockets may have abstract names on the transport under test: Java's own have none. */
    static boolean hasAbstractNames() {
        return !underTest().equals("nio");
    }

    /** On the transport that it chooses by itself, whichever is under test. */
    static BrokerCommand choosingTransport() {
        return new BrokerCommand(List.of());
    }

    /** On this transport, whichever is under test. */
    BrokerCommand transport(String transport) {
        this.transport = transport;
        return this;
    }

    /** With more options. */
    BrokerCommand with(List<String> further) {
        options.addAll(further);
        return this;
    }

    /** Started by another command, which gets this one as its last arguments. */
    BrokerCommand under(String... command) {
        wrapper = List.of(command);
        return this;
    }

    BrokerCommand jvm(String... further) {
        jvmOptions.addAll(List.of(further));
        return this;
    }

    /** With all classes from the jar. */
    BrokerCommand withoutClassArchive() {
        sharesClasses = false;
        return this;
    }

    /** Run by the script, as it is: without options of the JVM but those that follow. */
    BrokerCommand byLauncher() {
        byLauncher = true;
        jvmOptions.clear();
        return this;
    }

    /** Endpoints in place of free ports: clients, workers, answers. */
    BrokerCommand on(String... others) {
        endpoints = List.of(others);
        return this;
    }

    /** Starts it and waits until it is ready. */
    BrokerProcess start() {
        return new BrokerProcess(launch());
    }

    /** Starts it without waiting, for a command line that does not serve. */
    ChildProcess launch() {
        var command = new ArrayList<String>(wrapper);
        command.addAll(byLauncher ? launcher() : java());
        if (!transport.isEmpty()) {
            command.addAll(List.of("--transport", transport));
        }
        command.addAll(options);
        command.addAll(endpoints);
        return ChildProcess.start(command);
    }

    private List<String> java() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHORT_LIFE);
        command.addAll(jvmOptions);
        if (sharesClasses) {
            command.addAll(ClassArchive.options(transport));
        }
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    private List<String> launcher() {
        return List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "JAVA_OPTS=" + String.join(" ", jvmOptions),
                LAUNCHER.toString());
    }
}
