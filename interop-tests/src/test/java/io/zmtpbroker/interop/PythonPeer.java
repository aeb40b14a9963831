package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One of our Python scripts as a process, on libzmq. Each line it prints is an event: a name, then {@code key=value} pairs. It ends
 * when its standard input is closed, so also when the tests die.
 */
final class PythonPeer implements AutoCloseable {
    /** One line of a script. */
    record Event(String name, Map<String, String> values) {
        static Event parse(String line) {
            List<String> words = List.of(line.split(" ", -1));
            return new Event(
                    words.get(0),
                    words.stream()
                            .skip(1)
                            .map(word -> word.split("=", 2))
                            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
        }

        String text(String key) {
            return Objects.requireNonNull(values.get(key), () -> key + " in " + this);
        }

        int number(String key) {
            return Integer.parseInt(text(key));
        }
    }

    private final ChildProcess process;

    private PythonPeer(ChildProcess process) {
        this.process = process;
    }

    /** Starts a script that lies beside this class. */
    static PythonPeer start(String script, String... arguments) {
        return start(resource(script), List.of(arguments));
    }

    static PythonPeer start(Path script, List<String> arguments) {
        var command = new ArrayList<>(List.of(RealPeers.python(), "-u", script.toString()));
        command.addAll(arguments);
        return new PythonPeer(ChildProcess.start(command));
    }

    /** The next event, which must have this name. */
    Event await(String name, Duration limit) {
        String line = process.line(limit).orElseThrow(() -> new AssertionError("it has ended: " + process));
        Event event = Event.parse(line);
        assertThat(event.name())
                .as("name of the event '%s' of %s", line, process)
                .isEqualTo(name);
        return event;
    }

    ChildProcess process() {
        return process;
    }

    void writeLine(String line) {
        process.writeLine(line);
    }

    String line(Duration limit) {
        return process.line(limit).orElseThrow(() -> new AssertionError("it has ended: " + process));
    }

    /** Tells it to end, and demands that it ends well. */
    void finish() {
        process.closeInput();
        assertThat(process.awaitExit(Limits.SOON))
                .as("exit status of %s", process)
                .isZero();
    }

    @Override
    public void close() {
        process.close();
    }

    /** A script that lies beside this class. */
    static Path resource(String name) {
        URL found = Objects.requireNonNull(PythonPeer.class.getResource(name), name);
        try {
            return Path.of(found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
