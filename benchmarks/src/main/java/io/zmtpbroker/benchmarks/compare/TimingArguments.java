package io.zmtpbroker.benchmarks.compare;

import java.util.function.Function;
import picocli.CommandLine.Option;

/** Options that say how often and how long brokers run, and how large the load is. */
final class TimingArguments {

    private static final double LONGEST_SECONDS = 3600;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "How often; ${DEFAULT-VALUE}.")
    int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "3",
            description = "Measured time of each run; ${DEFAULT-VALUE}.")
    double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "4",
            description = "Time under load before it; ${DEFAULT-VALUE}.")
    double warmUp;

    @Option(
            names = "--load-threads",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Event loops of the load: 1, or 2, of which clients have one and workers the other; by default 2 on more than"
                            + " 2 processors.")
    int loadThreads;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Requests a second at point 6; ${DEFAULT-VALUE}.")
    int rate;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "5000",
            description =
                    "Clients at point 6; ${DEFAULT-VALUE}. The command and the broker need an open file for each.")
    int idleClients;

    Timing timing() {
        boolean roomForTwo = Runtime.getRuntime().availableProcessors() > 2;
        int threads = loadThreads == 0 ? (roomForTwo ? 2 : 1) : loadThreads;
        return new Timing(rounds, warmUp, seconds, threads, rate);
    }

    /** Throws what {@code wrong} makes of a message, if a value makes no sense. */
    void check(Function<String, RuntimeException> wrong) {
        if (rounds < 1) {
            throw wrong.apply("--rounds must be at least 1");
        }
        if (!(seconds > 0) || !(warmUp >= 0) || seconds + warmUp > LONGEST_SECONDS) {
            throw wrong.apply("--seconds and --warm-up must be times, of an hour at most");
        }
        if (loadThreads < 0 || loadThreads > 2) {
            throw wrong.apply("--load-threads must be 1 or 2");
        }
        if (idleClients < 1 || idleClients > 50_000) {
            throw wrong.apply("--connections must be from 1 to 50000");
        }
        if (rate < 1 || rate > 100_000) {
            throw wrong.apply("--rate must be from 1 to 100000");
        }
    }
}
