package io.zmtpbroker.benchmarks;

import io.zmtpbroker.benchmarks.compare.CompareCommand;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The program in benchmarks.jar: {@code compare}, {@code --short}, or JMH with all of its options. */
public final class Main {

    private static final String HELP = """
            java -jar benchmarks.jar [JMH OPTION...]   runs all microbenchmarks, or those that a pattern picks
            java -jar benchmarks.jar --short [...]     the same with few and short iterations: a look, in less than five minutes
            java -jar benchmarks.jar compare [...]     this broker beside others, as processes; compare --help says more
            java -jar benchmarks.jar -h                JMH's own options
            """;

    private Main() {}

    /** Runs what the first argument says. */
    @SuppressWarnings("SystemOut") // a program for the command line
    public static void main(String[] arguments) throws IOException {
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "compare" -> System.exit(CompareCommand.run(rest.toArray(String[]::new)));
            case "--help" -> System.out.print(HELP);
            case "--short" -> runShortly(rest);
            default -> org.openjdk.jmh.Main.main(arguments);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void runShortly(List<String> more) throws IOException {
        boolean hasLibsodium = Nacl.preferred() != Nacl.bouncyCastle();
        if (!hasLibsodium) {
            System.out.println("left out: benchmarks of libsodium; what is used here is " + Nacl.describePreferred());
        }
        org.openjdk.jmh.Main.main(ShortMode.arguments(hasLibsodium, more));
    }
}
