package io.zmtpbroker.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * JMH options for a look at everything in less than five minutes. Its figures show magnitudes, not differences of a few percent.
 * Each of them gives way to the same option of the user's, as JMH takes none twice, and adds up values of a parameter.
 */
final class ShortMode {

    private static final String TIME = "300ms";
    private static final String BODY_LENGTH = "bodyLength";
    private static final String NACL = "nacl";

    private ShortMode() {}

    /**
     * The options, with others behind them.
     *
     * @param hasLibsodium whether what compares libsodium with Bouncy Castle can do so here; if not it runs with the second alone,
     *     for with {@code -foe} the first failure would end everything
     * @param more such as a pattern or {@code -prof gc}; those that JMH refuses come back alone, for it to say why
     */
    static String[] arguments(boolean hasLibsodium, List<String> more) {
        List<String> all = new ArrayList<>();
        try {
            addDefaults(all, hasLibsodium, new CommandLineOptions(more.toArray(String[]::new)));
        } catch (CommandLineOptionException e) {
            return more.toArray(String[]::new);
        }
        all.addAll(more);
        return all.toArray(String[]::new);
    }

    private static void addDefaults(List<String> all, boolean hasLibsodium, CommandLineOptions given) {
        add(all, given.getForkCount().hasValue(), "-f", "1");
        add(all, given.getWarmupIterations().hasValue(), "-wi", "2");
        add(all, given.getWarmupTime().hasValue(), "-w", TIME);
        add(all, given.getMeasurementIterations().hasValue(), "-i", "3");
        add(all, given.getMeasurementTime().hasValue(), "-r", TIME);
        add(all, given.shouldFailOnError().hasValue(), "-foe", "true");
        add(all, given.getParameter(BODY_LENGTH).hasValue(), "-p", BODY_LENGTH + "=64,65536");
        add(all, hasLibsodium || given.getParameter(NACL).hasValue(), "-p", NACL + "=bouncy-castle");
    }

    private static void add(List<String> all, boolean isSuperfluous, String option, String value) {
        if (!isSuperfluous) {
            all.add(option);
            all.add(value);
        }
    }
}
