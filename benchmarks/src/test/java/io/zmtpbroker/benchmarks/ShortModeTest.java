package io.zmtpbroker.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

class ShortModeTest {

    private static CommandLineOptions options(boolean hasLibsodium, String... more) throws CommandLineOptionException {
        return new CommandLineOptions(ShortMode.arguments(hasLibsodium, List.of(more)));
    }

    @Test
    void whatIsGivenFollows() throws CommandLineOptionException {
        CommandLineOptions options = options(true, "Dispatch.*", "-prof", "gc");

        assertThat(options.getIncludes()).containsExactly("Dispatch.*");
        assertThat(options.getProfilers()).hasSize(1);
        assertThat(options.getParameter("nacl").hasValue()).isFalse();
    }

    @Test
    void libsodiumIsLeftOutWhereItIsNotThere() throws CommandLineOptionException {
        assertThat(options(false).getParameter("nacl").get()).containsExactly("bouncy-castle");
    }

    @Test
    void whoAsksForALibraryGetsIt() throws CommandLineOptionException {
        assertThat(options(false, "-p", "nacl=libsodium").getParameter("nacl").get())
                .containsExactly("libsodium");
    }

    /** JMH itself takes an option once, and adds the values of a parameter up. */
    @Test
    void whatIsGivenReplacesOurs() throws CommandLineOptionException {
        CommandLineOptions options = options(true, "-p", "bodyLength=1024", "-f", "2", "-i", "7", "-foe", "false");

        assertThat(options.getParameter("bodyLength").get()).containsExactly("1024");
        assertThat(options.getForkCount().get()).isEqualTo(2);
        assertThat(options.getMeasurementIterations().get()).isEqualTo(7);
        assertThat(options.shouldFailOnError().get()).isFalse();
        assertThat(options.getWarmupIterations().get()).isEqualTo(2);
    }

    @Test
    void whatJmhRefusesIsLeftToJmh() {
        assertThat(ShortMode.arguments(true, List.of("--no-such-option"))).containsExactly("--no-such-option");
    }
}
