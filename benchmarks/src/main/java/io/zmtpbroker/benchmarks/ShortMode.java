package io.zmtpbroker.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** JMH options for a look at everything in less than five minutes. Its figures show magnitudes, not differences of a few percent. */
final class ShortMode {

    private static final List<String> OPTIONS = List.of(
            "-f",
            "1",
            "-wi",
            "2",
            "-w",
            "300ms",
            "-i",
            "3",
            "-r",
            "300ms",
            "-p",
            "bodyLength=64,65536",
            "-foe",
            "true");

    private ShortMode() {}

    /**
     * The options, with others behind them.
     *
     * @param more such as a pattern or {@code -prof gc}
     */
    static String[] arguments(List<String> more) {
        List<String> all = new ArrayList<>(OPTIONS);
        all.addAll(more);
        return all.toArray(String[]::new);
    }
}
