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
     * @param hasLibsodium whether what compares libsodium with Bouncy Castle can do so here; if not it runs with the second alone,
     *     for with {@code -foe} the first failure would end everything
     * @param more such as a pattern or {@code -prof gc}
     */
    static String[] arguments(boolean hasLibsodium, List<String> more) {
        List<String> all = new ArrayList<>(OPTIONS);
        if (!hasLibsodium && more.stream().noneMatch(option -> option.startsWith("nacl="))) {
            all.addAll(List.of("-p", "nacl=bouncy-castle"));
        }
        all.addAll(more);
        return all.toArray(String[]::new);
    }
}
