package io.zmtpbroker.broker.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many connections the descriptors of this process allow. */
public final class Descriptors {

    /** As many as a broker takes where there are enough. */
    private static final int USUAL_CONNECTIONS = 65_536;

    /** For what is open beside connections: the jar, files that are read again, listening sockets, and one that is refused. */
    private static final int SPARE = 64;

    private static final Pattern LIMIT = Pattern.compile("Max open files\\s+(\\d+)\\s.*");

    private Descriptors() {}

    /** How many connections there may be where nobody says it: so many that descriptors do not run out before others are refused. */
    public static int defaultMaxConnections() {
        try {
            return connections(Files.readAllLines(Path.of("/proc/self/limits")));
        } catch (IOException e) {
            return USUAL_CONNECTIONS; // not Linux
        }
    }

    /** The same, from the lines of {@code /proc/self/limits} (proc(5)); the soft limit is the first number. */
    static int connections(List<String> limits) {
        for (String line : limits) {
            Matcher limit = LIMIT.matcher(line);
            if (limit.matches()) {
                long affordable = Long.parseLong(limit.group(1)) - SPARE;
                return (int) Math.max(1, Math.min(USUAL_CONNECTIONS, affordable));
            }
        }
        return USUAL_CONNECTIONS; // "unlimited"
    }
}
