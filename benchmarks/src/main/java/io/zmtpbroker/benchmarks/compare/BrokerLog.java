package io.zmtpbroker.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a broker says on standard error. */
record BrokerLog(Path file) {

    private static final String USAGE = "Usage:";

    /** Lines of a log, and what a JVM says by the way: none of them is why it ended. */
    private static final Pattern CHATTER =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*|Picked up .*|WARNING: .*|.* VM warning: .*");

    /**
     * The line that is most likely to say why it ended, for people; empty when there is none. A wrong argument stands before the
     * usage, a JVM's own error first, and what the broker logs at the end.
     */
    String lastWords() {
        List<String> lines;
        try {
            lines = Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            return "";
        }
        if (lines.stream().anyMatch(line -> line.startsWith(USAGE))) {
            return last(
                    lines.stream().takeWhile(line -> !line.startsWith(USAGE)).toList());
        }
        return lines.stream()
                .filter(line -> !CHATTER.matcher(line).matches())
                .findFirst()
                .orElse(last(lines));
    }

    private static String last(List<String> lines) {
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
